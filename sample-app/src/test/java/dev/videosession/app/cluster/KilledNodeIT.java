package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, one of which is killed. {@link ClusterFaultsIT} and {@link KilledAfterAppendIT} do worse to three. */
class KilledNodeIT {
    @TempDir
    private Path directory;

    @Test
    void clientsOfAKilledNodeGoOnAtTheOtherOne() throws Exception {
        try (NodeProcesses nodes = NodeProcesses.withPaths(directory, 2);
                CheckedCrowd crowd = new CheckedCrowd();
                InterruptedRequests requests = new InterruptedRequests(nodes, 0, 1, 10)) {
            crowd.join(nodes.uris(), 4, 5);
            crowd.signal();
            requests.kill();
            crowd.signalUntilOnline(Duration.ofSeconds(30));
            crowd.check();
            assertThat(crowd.absences()).isNotEmpty();
            requests.check();
        }
    }
}
