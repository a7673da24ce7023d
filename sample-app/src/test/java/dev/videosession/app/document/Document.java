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
    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w*)\n(.*?)^ *```$");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

    /**
     * A block of code.
     *
     * @param document the name of the file
     * @param language as the block names it; empty if it names none
     * @param text the lines, without the indentation of the block
     */
    public record Block(String document, String language, String text) {
        /** {@return the lines that are not empty, without comments of a shell at their end} */
        public List<String> commands() {
            return text.lines()
                    .map(line -> line.replaceFirst("(^|\\s+)# .*$|#$", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

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

    /** {@return the blocks of code, in order} */
    public List<Block> blocks() {
        return FENCED.matcher(text)
                .results()
                .map(block -> new Block(
                        path.getFileName().toString(),
                        block.group(2),
                        block.group(3).stripIndent().stripTrailing()))
                .toList();
    }

    /** {@return the blocks of all documents in a language} */
    public static List<Block> blocks(String language) throws IOException {
        return all().stream()
                .flatMap(document -> document.blocks().stream())
                .filter(block -> block.language().equals(language))
                .toList();
    }

    /** {@return the text without comments and blocks of code} */
    public String prose() {
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
