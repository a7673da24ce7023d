package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of metrics in the documents name every meter of the server, and no other. */
class MetricsDocumentTest {
    private static final Pattern METER = Pattern.compile("\"(videosession(?:\\.[a-z]+)+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`videosession\\..*?) \\|");
    private static final Pattern NAME = Pattern.compile("`(videosession(?:\\.[a-z]+)+)(?:\\{[a-z,]+})?`");

    @Test
    void tablesNameEveryMeter() throws IOException {
        Set<String> documented = new TreeSet<>();
        for (String document : List.of("OPERATIONS.md", "CLUSTER.md")) {
            ROW.matcher(Files.readString(Path.of("..", "docs", document)))
                    .results()
                    .flatMap(row -> NAME.matcher(row.group(1)).results())
                    .forEach(name -> documented.add(name.group(1)));
        }
        assertThat(documented).isEqualTo(meters());
    }

    private static Set<String> meters() {
        return Stream.of("signaling-server", "server-app")
                .flatMap(Sources::of)
                .flatMap(source -> METER.matcher(source.text()).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
