package dev.videosession.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A document.
 *
 * @param path relative to the project
 * @param content the parsed text
 */
record Page(Path path, Node content) {
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    /** {@return the document at a path relative to the project} */
    static Page read(Path project, Path path) {
        try {
            return new Page(path, PARSER.parse(Files.readString(project.resolve(path))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the first heading} */
    String title() {
        for (Node node = content.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading) {
                return text(node);
            }
        }
        return path.toString();
    }

    /** {@return the text of a node without its form} */
    static String text(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }
        });
        return text.toString();
    }

    /** {@return where the page is in the site} */
    Path target() {
        return target(path);
    }

    /** {@return where a document of the project is in the site} */
    static Path target(Path document) {
        String name = document.toString().replaceFirst("\\.md$", ".html");
        return Path.of(name.equals("README.html") ? "index.html" : name);
    }
}
