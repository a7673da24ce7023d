package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose wall clocks differ by minutes: leases, cursors and deadlines depend on no clock of a node. */
@Tag("faults")
class ClockSkewIT {
    private static final Duration BACK = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    @Test
    void clocksThatDifferEndNoConnection() throws Exception {
        try (NodeProcesses nodes = NodeProcesses.withClocks(directory, 0L, 120L, -120L);
                CheckedCrowd crowd = new CheckedCrowd()) {
            crowd.join(nodes.uris(), 30, 10);
            crowd.signalFor(Duration.ofSeconds(15)); // longer than a lease
            for (int node = 0; node < nodes.count(); node++) {
                nodes.node(node).signal("KILL");
                crowd.signalUntilOnline(BACK);
                nodes.start(node);
            }
            crowd.check();
            System.out.printf(
                    "event=clusterFault fault=clock-skew clients=%s absences=%s absence99Millis=%s%n",
                    crowd.all().size(), crowd.absences().size(), crowd.absence99());
            assertThat(crowd.absence99()).isLessThan(5_000);
        }
    }
}
