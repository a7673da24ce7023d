package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three nodes under a crowd: nodes and Redis are killed, suspended and restarted, and every client's history is compared. */
@Tag("faults")
class ClusterFaultsIT {
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final int KILLS = Integer.getInteger("cluster.kills", 10);

    @TempDir
    private Path directory;

    private NodeProcesses nodes;
    private final CheckedCrowd crowd = new CheckedCrowd();

    @BeforeEach
    void start() throws Exception {
        nodes = new NodeProcesses(directory, 3);
    }

    @AfterEach
    void stop() {
        crowd.close();
        nodes.close();
    }

    private void report(String fault) {
        System.out.printf(
                "event=clusterFault fault=%s clients=%s absences=%s absence99Millis=%s%n",
                fault, crowd.all().size(), crowd.absences().size(), crowd.absence99());
    }

    @ParameterizedTest
    @CsvSource({"100, 10", "1, 1000"})
    @Timeout(600)
    void killedNodesLoseNoClientAndNoEvent(int sessions, int clientsEach) throws Exception {
        crowd.join(nodes.uris(), sessions, clientsEach);
        long losses = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int victim = kill % nodes.count();
            crowd.signal();
            losses += crowd.countAt(victim);
            nodes.node(victim).signal("KILL");
            crowd.signalUntilOnline(BACK);
            nodes.start(victim);
        }
        crowd.check();
        report("kill-" + sessions + "x" + clientsEach);
        assertThat(crowd.absences())
                .as("each client of a killed node was away once, no other one")
                .hasSize((int) losses);
        assertThat(crowd.absence99()).isLessThan(5_000);
    }

    @Test
    void suspendedNodeRemovesNoClientWhenItContinues() throws Exception {
        crowd.join(nodes.uris(), 30, 10);
        nodes.node(1).signal("STOP");
        crowd.signalFor(Duration.ofSeconds(30));
        nodes.node(1).signal("CONT");
        crowd.signalFor(Duration.ofSeconds(10));
        crowd.signalUntilOnline(BACK);
        Awaitility.await("the node is ready again").atMost(BACK).until(() -> nodes.health(1) == 200);
        crowd.check();
        report("node-suspended");
    }

    @Test
    void suspendedRedisEndsNoConnection() throws Exception {
        crowd.join(nodes.uris(), 100, 10);
        nodes.redis().process().signal("STOP");
        crowd.signalFor(Duration.ofSeconds(30));
        nodes.redis().process().signal("CONT");
        crowd.signalUntilOnline(BACK);
        crowd.check();
        report("redis-suspended");
    }

    @Test
    void killedRedisWithItsLogOnDiskEndsNoConnection() throws Exception {
        crowd.join(nodes.uris(), 30, 10);
        crowd.signal();
        crowd.signalFor(Duration.ofSeconds(2)); // longer than Redis waits before it writes to its disk
        nodes.redis().kill();
        nodes.redis().start();
        crowd.signalUntilOnline(BACK);
        report("redis-killed");
        crowd.checkConnections();
    }

    @Test
    void rollingRestartMovesClientsWithoutLosingAnything() throws Exception {
        crowd.join(nodes.uris(), 30, 10);
        for (int node = 0; node < nodes.count(); node++) {
            crowd.signal();
            assertThat(nodes.node(node).terminate()).isZero();
            crowd.signalUntilOnline(BACK);
            nodes.start(node);
        }
        crowd.check();
        report("rolling-restart");
        assertThat(crowd.absence99()).isLessThan(2_000);
    }
}
