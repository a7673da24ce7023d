package dev.videosession.app.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault, with the same server and the same participants. At the end target/faults-table.md has the figures. */
@Tag("faults")
class FaultsIT {
    private static FaultRunner rehearsal;

    @BeforeAll
    static void start() throws IOException {
        rehearsal = new FaultRunner(Path.of("target", "faults"));
    }

    @AfterAll
    static void end() throws IOException {
        rehearsal.close();
        Files.writeString(Path.of("target", "faults-table.md"), rehearsal.table() + "\n");
        System.out.println(rehearsal.table());
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
    void everyParticipantReceivesTheSameEventsInTime(Fault fault) throws Exception {
        rehearsal.play(fault);
    }
}
