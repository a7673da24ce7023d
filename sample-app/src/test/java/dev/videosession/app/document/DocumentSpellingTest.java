package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hunspell knows every word of the documents, or {@code words.txt} lists it. Names in code type, abbreviations and words with digits or
 * inner capital letters are not checked.
 */
class DocumentSpellingTest {
    private static final Path WORDS = Path.of("src/test/resources/dev/videosession/app/document/words.txt");
    private static final Pattern TARGET = Pattern.compile("\\]\\([^)]*\\)|https?://\\S+");
    private static final Pattern WORD =
            Pattern.compile("(?<![\\w./@:-])[A-Z]?[a-z]+(?:'[a-z]+)?(?![\\w@]|'[a-z]|[./][a-z])");

    @TempDir
    Path directory;

    @Test
    void wordsAreSpelledCorrectly() throws Exception {
        Map<String, Set<Path>> words = new TreeMap<>();
        for (Document document : Document.all()) {
            String text = TARGET.matcher(document.words()).replaceAll("]");
            WORD.matcher(text)
                    .results()
                    .forEach(word -> words.computeIfAbsent(word.group(), key -> new TreeSet<>())
                            .add(document.path()));
        }
        assertThat(words).hasSizeGreaterThan(1000);
        words.keySet().retainAll(misspelled(words.keySet()));
        assertThat(words)
                .as("correct them, put names into code type, or add terms of the field to %s", WORDS)
                .isEmpty();
    }

    @Test
    void misspelledWordIsFound() throws Exception {
        assertThat(misspelled(Set.of("session", "sesion"))).containsExactly("sesion");
    }

    @Test
    void everyWordOfTheListIsNeeded() throws Exception {
        Set<String> unknown = misspelled(Files.readAllLines(WORDS), Path.of("/dev/null"));
        assertThat(Files.readAllLines(WORDS)).doesNotHaveDuplicates().isSorted();
        assertThat(unknown).containsExactlyInAnyOrderElementsOf(Files.readAllLines(WORDS));
    }

    private Set<String> misspelled(Collection<String> words) throws Exception {
        return misspelled(words, WORDS);
    }

    private Set<String> misspelled(Collection<String> words, Path known) throws Exception {
        Path input = Files.write(directory.resolve("words"), words);
        Process hunspell = new ProcessBuilder("hunspell", "-i", "UTF-8", "-d", "en_US", "-p", known.toString(), "-l")
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(hunspell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(hunspell.waitFor()).isZero();
        return new TreeSet<>(output.lines().toList());
    }
}
