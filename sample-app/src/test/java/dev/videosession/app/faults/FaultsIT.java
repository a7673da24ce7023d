package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault, one after the other, with the same server and the same participants. Prints the table with its figures. */
@Tag("faults")
class FaultsIT {
    private static final Path DIRECTORY = Path.of("target", "faults");
    private static final Map<Fault, Map<String, Long>> MEASURED = new EnumMap<>(Fault.class);
    private static Cast cast;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(DIRECTORY);
        cast = new Cast(DIRECTORY);
    }

    @AfterAll
    static void end() throws IOException {
        cast.close();
        String table = MEASURED.entrySet().stream()
                .map(row -> row.getKey().row() + " " + figures(row.getValue()) + " |")
                .collect(Collectors.joining("\n"));
        Files.writeString(Path.of("target", "faults-table.md"), table + "\n");
        System.out.println(table);
    }

    private static String figures(Map<String, Long> figures) {
        return figures.entrySet().stream()
                .map(figure -> figure.getKey() + " " + Fault.seconds(figure.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** All, or those named by {@code -Dfaults=KICK,RST}. */
    static Stream<Fault> wanted() {
        String names = System.getProperty("faults", "");
        return Stream.of(Fault.values())
                .filter(fault ->
                        names.isEmpty() || List.of(names.split(",", -1)).contains(fault.name()));
    }

    @ParameterizedTest
    @MethodSource("wanted")
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void everybodyIsToldTheSameStoryInTime(Fault fault) throws Exception {
        cast.gather();
        ServerHost.Holdings before = cast.server.holdings();
        Scene scene = new Scene(cast);
        try {
            fault.play(scene);
            scene.check(fault);
        } finally {
            System.out.println(fault + " " + scene.figures());
            cast.victim.network().heal();
        }
        MEASURED.put(fault, scene.figures());
        cast.gather();
        Awaitility.await("the server to hold no more than before")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    ServerHost.Holdings after = cast.server.holdings();
                    assertThat(after.gauges()).isEqualTo(before.gauges());
                    assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
                    assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads());
                });
    }
}
