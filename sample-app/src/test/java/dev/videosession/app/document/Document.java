package dev.videosession.app.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown document of the project.
 *
 * @param path relative to the module, as the tests see it
 * @param text its content
 */
public record Document(Path path, String text) {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

    /** {@return the documents at the root of the project and below {@code docs}} */
    public static List<Document> all() throws IOException {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Document::read)
                    .toList();
        }
    }

    private static Document read(Path path) {
        try {
            return new Document(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the text without comments and blocks of code} */
    String prose() {
        return BLOCK.matcher(COMMENT.matcher(text).replaceAll("")).replaceAll("");
    }

    /** {@return the prose without names in code type} */
    String words() {
        return CODE.matcher(prose()).replaceAll("");
    }

    /** {@return the anchors of the headings, as GitHub makes them} */
    List<String> anchors() {
        return HEADING.matcher(prose())
                .results()
                .map((MatchResult heading) -> anchor(heading.group(1)))
                .toList();
    }

    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }
}
