package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many messages a second one session delivers: by a single process, and by one to three nodes with Redis. Clients use the same machine. */
@Tag("faults")
class ClusterFanOutIT {
    private static final int CLIENTS = 100;
    private static final int ROUNDS = 6;
    private static final int SIGNALS = 10;
    private static final double LEAST_SHARE = 0.7;

    @TempDir
    private Path directory;

    /** Deliveries a second in the best of several rounds: the first ones warm the servers up. */
    private long measure(NodeProcesses nodes) {
        long best = 0;
        try (nodes;
                CheckedCrowd crowd = new CheckedCrowd()) {
            crowd.join(nodes.uris(), 1, CLIENTS);
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                crowd.exchange(SIGNALS, Duration.ofSeconds(60));
                long deliveries = (long) CLIENTS * CLIENTS * SIGNALS;
                best = Math.max(best, deliveries * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - began));
            }
        }
        return best;
    }

    private Path directory(String name) throws IOException {
        return Files.createDirectories(directory.resolve(name));
    }

    @Test
    void nodeWithRedisDeliversNearlyAsMuchAsASingleProcess() throws Exception {
        long single = measure(NodeProcesses.single(directory("single")));
        long one = measure(new NodeProcesses(directory("one"), 1));
        long two = measure(new NodeProcesses(directory("two"), 2));
        long three = measure(new NodeProcesses(directory("three"), 3));
        System.out.printf(
                "event=clusterFanOut clients=%s perSecond: single=%s one=%s two=%s three=%s share=%.2f%n",
                CLIENTS, single, one, two, three, (double) one / single);
        assertThat(one).isGreaterThan((long) (LEAST_SHARE * single));
    }
}
