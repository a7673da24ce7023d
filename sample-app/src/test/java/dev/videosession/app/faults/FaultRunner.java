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

/**
 * Runs faults one after the other with the same participants, checks after each that nothing is left of it, and keeps the measured times.
 */
final class FaultRunner implements AutoCloseable {
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final Participants participants;
    private final Map<Fault, Times> measured = new EnumMap<>(Fault.class);

    /**
     * Starts the server and the participants.
     *
     * @param directory takes what each process writes
     */
    FaultRunner(Path directory) throws IOException {
        Files.createDirectories(directory);
        participants = new Participants(directory);
    }

    void play(Fault fault) throws Exception {
        participants.gather();
        ServerHost.Holdings before = participants.server.holdings();
        FaultRun run = new FaultRun(participants);
        try {
            fault.play(run);
            new Verdict(fault, run).check();
        } finally {
            System.out.println(fault + " " + run.figures());
            participants.victim.network().heal();
        }
        measured.put(fault, run.figures());
        participants.gather();
        if (participants.server.holdings().process() == before.process()) { // a new one is not like the old one
            Awaitility.await("the server to hold no more than before")
                    .atMost(SETTLING)
                    .untilAsserted(() -> {
                        ServerHost.Holdings after = participants.server.holdings();
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
        participants.close();
    }
}
