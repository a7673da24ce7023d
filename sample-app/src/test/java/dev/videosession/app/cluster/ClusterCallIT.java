package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call of four bots on three nodes that are killed and restarted: what happens to its media. */
@Tag("faults")
class ClusterCallIT {
    private static final int NODES = 3;
    private static final int PARTICIPANTS = 4;
    private static final long ROUTED_BACK_MILLIS = 15_000;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    @Test
    void relayedVideosGoOnWhenNodesAreKilled() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES);
                ClusterCall call = new ClusterCall(directory, nodes.uris(), true, PARTICIPANTS)) {
            long usual = call.usualGapMillis();
            for (int node = 0; node < NODES; node++) {
                nodes.node(node).signal("KILL");
                call.awaitSeconds(3 * (node + 1));
                nodes.start(node);
            }
            call.awaitSeconds(12);
            System.out.printf("event=clusterCall fault=kill routed=false gapMillis=%s%n", call.longestGapMillis());
            call.checkEvents();
            assertThat(call.longestGapMillis() - usual)
                    .as("beyond what the load of the machine costs")
                    .isLessThan(500);
        }
    }

    @Test
    void relayedVideosGoOnDuringARollingRestart() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES);
                ClusterCall call = new ClusterCall(directory, nodes.uris(), true, PARTICIPANTS)) {
            long usual = call.usualGapMillis();
            for (int node = 0; node < NODES; node++) {
                assertThat(nodes.node(node).terminate()).isZero();
                nodes.start(node);
            }
            call.awaitSeconds(10);
            System.out.printf(
                    "event=clusterCall fault=rolling-restart routed=false gapMillis=%s%n", call.longestGapMillis());
            call.checkEvents();
            assertThat(call.longestGapMillis() - usual)
                    .as("beyond what the load of the machine costs")
                    .isLessThan(500);
        }
    }

    /** The node that drives the session's router takes its router with it: another node drives it from then on. */
    @Test
    void routedVideosReturnWhenTheNodeOfTheirRouterIsKilled() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES, "--router", "janus");
                ClusterCall call = new ClusterCall(directory, nodes.uris(), false, PARTICIPANTS)) {
            for (int kill = 0; kill < 3; kill++) {
                int owner = nodes.routerOwner();
                call.remember();
                long lostAt = System.currentTimeMillis();
                nodes.node(owner).signal("KILL");
                long took = call.awaitVideos(lostAt);
                System.out.printf("event=clusterCall fault=kill routed=true owner=%s backMillis=%s%n", owner, took);
                call.checkEvents();
                assertThat(took).isLessThan(ROUTED_BACK_MILLIS);
                nodes.start(owner);
            }
        }
    }

    /** A node that stops lets another one drive the router first, and closes its own when that one forwards the videos. */
    @Test
    void routedVideosGoOnDuringARollingRestart() throws Exception {
        try (NodeProcesses nodes = new NodeProcesses(directory, NODES, "--router", "janus");
                ClusterCall call = new ClusterCall(directory, nodes.uris(), false, PARTICIPANTS)) {
            long usual = call.usualGapMillis();
            for (int node = 0; node < NODES; node++) {
                boolean owner = nodes.routerOwner() == node;
                assertThat(nodes.node(node).terminate()).isZero();
                call.awaitSeconds(4);
                System.out.printf(
                        "event=clusterCall fault=rolling-restart routed=true owner=%s gapMillis=%s usualGapMillis=%s%n",
                        owner, call.longestGapMillis(), usual);
                call.checkEvents();
                assertThat(call.longestGapMillis() - usual)
                        .as("beyond what the load of the machine costs")
                        .isLessThan(500);
                nodes.start(node);
                Awaitility.await("each video at one router, once")
                        .atMost(LIMIT)
                        .until(() -> nodes.routerLinks() == PARTICIPANTS * PARTICIPANTS);
                call.remember();
            }
            call.close();
            Awaitility.await("no router has a link").atMost(LIMIT).until(() -> nodes.routerLinks() == 0);
        }
    }
}
