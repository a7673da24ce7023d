package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Plays faults with one cast, one after the other, checks after each that nothing is left of it, and keeps what was measured. */
final class Rehearsal implements AutoCloseable {
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final Cast cast;
    private final Map<Fault, Times> measured = new EnumMap<>(Fault.class);

    /**
     * Makes the cast enter.
     *
     * @param directory takes what each process writes
     */
    Rehearsal(Path directory) throws IOException {
        Files.createDirectories(directory);
        cast = new Cast(directory);
    }

    void play(Fault fault) throws Exception {
        cast.gather();
        ServerHost.Holdings before = cast.server.holdings();
        Scene scene = new Scene(cast);
        try {
            fault.play(scene);
            new Verdict(fault, scene).check();
        } finally {
            System.out.println(fault + " " + scene.figures());
            cast.victim.network().heal();
        }
        measured.put(fault, scene.figures());
        cast.gather();
        if (cast.server.holdings().process() == before.process()) { // a new one is not like the old one
            Awaitility.await("the server to hold no more than before")
                    .atMost(SETTLING)
                    .untilAsserted(() -> {
                        ServerHost.Holdings after = cast.server.holdings();
                        assertThat(after.gauges()).isEqualTo(before.gauges());
                        assertThat(after.descriptors()).as("descriptors").isLessThanOrEqualTo(before.descriptors());
                        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads());
                    });
        }
    }

    /** The rows of the document, with what was measured. */
    String table() {
        return measured.entrySet().stream()
                .map(row -> row.getKey().row() + " " + row.getValue() + " |")
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        cast.close();
    }
}
