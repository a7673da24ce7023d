package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables in docs/LOG.md name every event that the server and the SDK log at INFO or above, and its levels. */
class LogEventsDocumentTest {
    /** Calls of a logger, of {@code RefusalLog}, and of methods that log the events that they are given, at WARN. */
    private static final List<Pattern> CALLS = List.of(
            Pattern.compile("\\.(info|warn|error)\\(\\s*(?:\\w+,\\s*)?\"event=(\\w+)"),
            Pattern.compile("\\.(info|warn)\\(\\s*LOG,\\s*\"(\\w+)\""),
            Pattern.compile("(\\b)logLimit\\(\\s*\"(\\w+)\""),
            Pattern.compile("Level\\.(WARN)[),][^;]*?\"event=(\\w+)"));

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([A-Z, ]+) \\|");

    @ParameterizedTest
    @CsvSource({"Server, signaling-server server-app", "SDK, session-sdk media media-fx"})
    void tableNamesEveryEventAndItsLevels(String heading, String modules) throws IOException {
        Map<String, Set<String>> logged = new TreeMap<>();
        for (String module : modules.split(" ", -1)) {
            Sources.of(module).forEach(source -> add(source.text(), logged));
        }
        assertThat(logged).hasSizeGreaterThan(10);
        assertThat(documented(heading)).isEqualTo(logged);
    }

    private static void add(String source, Map<String, Set<String>> logged) {
        for (Pattern pattern : CALLS) {
            pattern.matcher(source).results().forEach(call -> {
                String level = call.group(1).isEmpty() ? "WARN" : call.group(1).toUpperCase(Locale.ROOT);
                logged.computeIfAbsent(call.group(2), name -> new TreeSet<>()).add(level);
            });
        }
    }

    private static Map<String, Set<String>> documented(String heading) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "LOG.md"));
        String section = text.substring(text.indexOf("\n## " + heading + "\n"));
        int end = section.indexOf("\n## ", 1);
        Map<String, Set<String>> documented = new TreeMap<>();
        ROW.matcher(end < 0 ? section : section.substring(0, end))
                .results()
                .forEach(row -> documented.put(
                        row.group(1), new TreeSet<>(List.of(row.group(2).split(", ", -1)))));
        return documented;
    }
}
