package dev.videosession.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Changes the links of one document into links of the site, and reports the files that it links. */
final class SiteLinks extends AbstractVisitor {
    private final Path project;
    private final Path document;
    private final Consumer<Path> linked;

    /**
     * Makes a visitor.
     *
     * @param project the directory of the project
     * @param document relative to it
     * @param linked receives each linked file that is not a document, relative to the project
     */
    SiteLinks(Path project, Path document, Consumer<Path> linked) {
        this.project = project;
        this.document = document;
        this.linked = linked;
    }

    @Override
    public void visit(Link link) {
        link.setDestination(rewritten(link.getDestination()));
        visitChildren(link);
    }

    @Override
    public void visit(Image image) {
        linked.accept(document.resolveSibling(image.getDestination()).normalize());
    }

    private String rewritten(String destination) {
        if (isElsewhere(destination) || destination.startsWith("#")) {
            return destination;
        }
        String[] parts = destination.split("#", 2);
        Path file = document.resolveSibling(parts[0]).normalize();
        String anchor = parts.length == 1 ? "" : "#" + parts[1];
        if (file.toString().endsWith(".md")) {
            return between(Page.target(document), Page.target(file)) + anchor;
        }
        if (Files.exists(project.resolve(file))) {
            linked.accept(file);
        }
        return between(Page.target(document), target(file)) + anchor;
    }

    /** {@return whether a link leads to another site} */
    static boolean isElsewhere(String destination) {
        return destination.matches("[a-z]+:.*");
    }

    /** {@return where a file that is not a document is in the site} */
    static Path target(Path file) {
        return file.toString().endsWith(".png") ? file : file.resolveSibling(file.getFileName() + ".html");
    }

    /** {@return the link from one page to another} */
    static String between(Path from, Path to) {
        Path directory = from.getParent();
        Path relative = directory == null ? to : directory.relativize(to);
        return relative.toString().replace('\\', '/');
    }
}
