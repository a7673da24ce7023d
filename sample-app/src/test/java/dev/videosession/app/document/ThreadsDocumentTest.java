package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of threads in docs/CONCURRENCY.md names every thread that the libraries start, and no other. */
class ThreadsDocumentTest {
    private static final List<String> MODULES =
            List.of("signaling-server", "session-sdk", "media", "media-fx", "server-app");

    /** Calls that start threads, and the names that they give to them. */
    private static final List<Pattern> STARTS = List.of(
            Pattern.compile(
                    "\\b(?:new Thread|Pacer\\.start|EventLoops\\.start|daemon)\\([^;]*?\"([a-z][a-z-]*[a-z])-?\""),
            Pattern.compile("\\b(?:new DefaultThreadFactory|named|cached)\\(\"([a-z-]+)\""),
            Pattern.compile("\"([a-z][a-z-]+)\"\\);\\s+\\w+\\.setDaemon"));

    /** What a {@code FileWatch} reads, which is the first part of the name of its thread. */
    private static final Pattern WATCHED =
            Pattern.compile("FileWatch\\.Target.*?String name\\(\\) \\{\\s+return \"(\\w+)\"", Pattern.DOTALL);

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+ \\| [^|]+) \\| [^|]+ \\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z-]*[a-z])(?:-N)?`");

    @Test
    void tableNamesEveryThread() throws IOException {
        assertThat(started()).hasSizeGreaterThan(20);
        assertThat(documented()).isEqualTo(started());
    }

    private static Set<String> started() {
        return MODULES.stream()
                .flatMap(Sources::of)
                .flatMap(ThreadsDocumentTest::names)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(Sources.Source source) {
        return Stream.concat(
                STARTS.stream()
                        .flatMap(pattern -> pattern.matcher(source.text()).results())
                        .map(found -> found.group(1)),
                WATCHED.matcher(source.text()).results().map(found -> found.group(1) + "-files"));
    }

    private static Set<String> documented() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "CONCURRENCY.md"));
        String table = text.substring(0, text.indexOf("\n## "));
        return ROW.matcher(table)
                .results()
                .flatMap((MatchResult row) -> Stream.of(row.group(1)))
                .flatMap(cells -> NAME.matcher(cells).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
