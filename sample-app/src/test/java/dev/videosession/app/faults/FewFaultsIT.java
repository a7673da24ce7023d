package dev.videosession.app.faults;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Some faults of each kind that take little time; {@link FaultsIT} has all of them. */
class FewFaultsIT {
    private static FaultRunner rehearsal;

    @BeforeAll
    static void start() throws IOException {
        rehearsal = new FaultRunner(Path.of("target", "few-faults"));
    }

    @AfterAll
    static void end() throws IOException {
        rehearsal.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"KICK_IN_GRACE", "KICK_OF_GHOST", "HALF_CLOSE", "SAME_TOKEN", "BROKEN_FRAME", "SERVER_CRASH"})
    void everyParticipantReceivesTheSameEventsInTime(Fault fault) throws Exception {
        rehearsal.play(fault);
    }
}
