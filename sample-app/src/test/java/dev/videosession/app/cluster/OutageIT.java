package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outages that last longer than clients wait for a resume, under a call of bots. */
@Tag("faults")
class OutageIT {
    private static final int NODES = 2;
    private static final int PARTICIPANTS = 3;
    private static final Duration LONGER_THAN_THE_WINDOW = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    @Test
    void clientsEndOnceWhenNoNodeReturns() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES);
                ClusterCall call = new ClusterCall(directory, nodes.uris(), true, PARTICIPANTS)) {
            for (int node = 0; node < NODES; node++) {
                nodes.node(node).signal("KILL");
            }
            call.awaitEnd(LONGER_THAN_THE_WINDOW);
            call.checkEndedOnce("networkDisconnected");
        }
    }

    /** Redis is suspended for longer than the window; the clients of the node that lives notice nothing. */
    @Test
    void callGoesOnWhenRedisReturnsAfterTheWindow() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES);
                ClusterCall call = new ClusterCall(directory, nodes.uris(), true, PARTICIPANTS)) {
            nodes.redis().process().signal("STOP");
            call.awaitSeconds((int) LONGER_THAN_THE_WINDOW.toSeconds());
            nodes.redis().process().signal("CONT");
            call.awaitSeconds((int) LONGER_THAN_THE_WINDOW.toSeconds() + 10);
            call.checkEvents();
        }
    }

    /** A node dies while Redis is suspended for longer than the window: its clients cannot resume. None of them hangs. */
    @Test
    void clientsOfADeadNodeResumeOrEndOnceWhenRedisReturnsAfterTheWindow() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES);
                ClusterCall call = new ClusterCall(directory, nodes.uris(), true, PARTICIPANTS)) {
            nodes.redis().process().signal("STOP");
            nodes.node(0).signal("KILL");
            Awaitility.await("the window passes")
                    .atMost(LONGER_THAN_THE_WINDOW.plusSeconds(5))
                    .pollDelay(LONGER_THAN_THE_WINDOW)
                    .until(() -> true);
            nodes.redis().process().signal("CONT");
            call.awaitSettled(Duration.ofSeconds(60));
            System.out.printf("event=clusterOutage ended=%s%n", call.ended());
            call.checkEndedOnce("networkDisconnected");
            assertThat(call.ended()).as("the client of the living node stays").isLessThan(PARTICIPANTS);
        }
    }
}
