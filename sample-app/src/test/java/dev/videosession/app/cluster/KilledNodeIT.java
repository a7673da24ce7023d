package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes, one of which is killed. {@link ClusterFaultsIT} does worse to three. */
class KilledNodeIT {
    @TempDir
    private Path directory;

    @Test
    void clientsOfAKilledNodeGoOnAtTheOtherOne() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, 2);
                CheckedCrowd crowd = new CheckedCrowd()) {
            crowd.join(nodes.uris(), 4, 5);
            crowd.signal();
            nodes.node(0).signal("KILL");
            crowd.signalUntilOnline(Duration.ofSeconds(30));
            crowd.check();
            assertThat(crowd.absences()).isNotEmpty();
        }
    }
}
