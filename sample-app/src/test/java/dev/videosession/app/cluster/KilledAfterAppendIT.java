package dev.videosession.app.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are killed between the append of a request and its reply. {@link KilledNodeIT} does it once. */
@Tag("faults")
class KilledAfterAppendIT {
    private static final int NODES = 3;
    private static final int KILLS = Integer.getInteger("cluster.appendKills", 20);
    private static final int EACH = 10;

    @TempDir
    private Path directory;

    @Test
    @Timeout(600)
    void interruptedRequestsAreCarriedOutOnce() throws Exception {
        try (NodeProcesses nodes = NodeProcesses.withPaths(directory, NODES)) {
            for (int kill = 0; kill < KILLS; kill++) {
                int victim = kill % NODES;
                try (InterruptedRequests requests = new InterruptedRequests(nodes, victim, EACH)) {
                    requests.kill();
                    requests.check();
                }
                nodes.start(victim);
            }
            System.out.printf(
                    "event=clusterFault fault=kill-after-append kills=%s requestsOfEachKind=%s%n", KILLS, KILLS * EACH);
        }
    }
}
