package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each block of Java in the documents is an excerpt of a compiled program, which a comment before the block names. A line {@code ...}
 * stands for lines that are left out. The blocks of README.md are compared by {@code FirstProgramIT}.
 */
class DocumentedProgramsTest {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- program: (\\w+) -->\n)?```java\n(.*?)```", Pattern.DOTALL);
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final Path TEST = Path.of("src", "test", "java");
    private static final Path JAVAFX = Path.of("..", "media-fx", "src", "test", "java");
    private static final Path SERVER = Path.of("..", "signaling-server", "src", "test", "java");

    /** Guides whose subject is a program that exists, not one to write. */
    private static final Set<String> WITHOUT_PROGRAM = Set.of("deploy.md", "install.md", "troubleshooting.md");

    @Test
    void everyBlockIsAnExcerptOfItsProgram() throws IOException {
        List<String> wrong = new ArrayList<>();
        int blocks = 0;
        for (Document document : Document.all()) {
            if (document.path().endsWith("README.md")) {
                continue;
            }
            for (var block : BLOCK.matcher(document.text()).results().toList()) {
                blocks++;
                String program = block.group(1);
                if (program == null || !isExcerpt(lines(block.group(2)), lines(Files.readString(source(program))))) {
                    wrong.add(document.path() + ", " + program + ":\n" + block.group(2));
                }
            }
        }
        assertThat(blocks).isPositive();
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyGuideSaysWhatItIsForAndHasAProgram() throws IOException {
        List<Document> guides = Document.all().stream()
                .filter(document -> document.path().getParent().endsWith("guides"))
                .toList();
        assertThat(guides).hasSizeGreaterThan(15).allSatisfy(guide -> {
            assertThat(guide.text()).matches("(?s)# [^\n]+\n\n(?:After this (?:guide|page)|On this page) .*");
            assertThat(guide.text().contains("<!-- program: "))
                    .as(guide.path() + " has a program")
                    .isNotEqualTo(
                            WITHOUT_PROGRAM.contains(guide.path().getFileName().toString()));
        });
    }

    @Test
    void aChangedLineIsFound() {
        List<String> program = List.of("a", "b", "c", "d", "b", "e");
        assertThat(isExcerpt(List.of("b", "c"), program)).isTrue();
        assertThat(isExcerpt(List.of("a", "...", "d"), program)).isTrue();
        assertThat(isExcerpt(List.of("b", "e"), program)).isTrue();
        assertThat(isExcerpt(List.of("a", "c"), program)).isFalse();
        assertThat(isExcerpt(List.of("d", "...", "a"), program)).isFalse();
    }

    private static boolean isExcerpt(List<String> shown, List<String> program) {
        int from = 0;
        for (List<String> part : parts(shown)) {
            int at = Collections.indexOfSubList(program.subList(from, program.size()), part);
            if (at < 0) {
                return false;
            }
            from += at + part.size();
        }
        return true;
    }

    private static List<List<String>> parts(List<String> shown) {
        List<List<String>> parts = new ArrayList<>();
        parts.add(new ArrayList<>());
        for (String line : shown) {
            if (line.equals("...")) {
                parts.add(new ArrayList<>());
            } else {
                parts.get(parts.size() - 1).add(line);
            }
        }
        return parts;
    }

    private static List<String> lines(String text) {
        return Arrays.stream(text.split("\n", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static Path source(String program) throws IOException {
        try (Stream<Path> main = Files.walk(MAIN);
                Stream<Path> test = Files.walk(TEST);
                Stream<Path> javafx = Files.walk(JAVAFX);
                Stream<Path> server = Files.walk(SERVER)) {
            return Stream.of(main, test, javafx, server)
                    .flatMap(files -> files)
                    .filter(file -> file.endsWith(program + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no program " + program));
        }
    }
}
