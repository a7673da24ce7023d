package dev.videosession.app.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are killed between the append of a request and its reply. {@link KilledNodeIT} does it once. */
@Tag("faults")
class KilledAfterAppendIT {
    private static final int NODES = 3;
    private static final int KILLS = Integer.getInteger("cluster.appendKills", 200);
    private static final int EACH = 3;

    @TempDir
    private Path directory;

    /** A killed node starts again while the next one is killed, so that a kill costs less time than a start. */
    @Test
    @Timeout(1200)
    void interruptedRequestsAreCarriedOutOnce() throws Exception {
        int kills = 0;
        int requests = 0;
        ExecutorService starter = Executors.newCachedThreadPool();
        try (NodeProcesses nodes = NodeProcesses.withPaths(directory, NODES)) {
            List<Future<?>> started =
                    new ArrayList<>(Collections.nCopies(NODES, CompletableFuture.completedFuture(null)));
            try {
                while (kills < KILLS) {
                    int victim = kills % NODES;
                    int other = (kills + 1) % NODES;
                    started.get(victim).get();
                    started.get(other).get();
                    try (InterruptedRequests interrupted = new InterruptedRequests(nodes, victim, other, EACH)) {
                        interrupted.kill();
                        kills++;
                        started.set(victim, starter.submit((Callable<?>) () -> {
                            nodes.start(victim);
                            return null;
                        }));
                        interrupted.check();
                        requests += EACH;
                    }
                }
            } finally {
                for (Future<?> start : started) {
                    start.get();
                }
            }
        } finally {
            starter.shutdown();
            System.out.printf(
                    "event=clusterFault fault=kill-after-append kills=%s requestsOfEachKind=%s%n", kills, requests);
        }
    }
}
