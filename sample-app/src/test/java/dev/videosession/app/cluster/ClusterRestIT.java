package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REST calls to a node that holds neither the moderator of the session nor the victim. */
@Tag("faults")
class ClusterRestIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int NODES = 3;
    private static final int SESSIONS = 100;
    private static final int CLIENTS = 6;
    private static final long LIMIT_MILLIS = 100;

    @TempDir
    private Path directory;

    private final CheckedCrowd crowd = new CheckedCrowd();
    private final RestCalls rest = new RestCalls();
    private NodeProcesses nodes;

    @BeforeEach
    void start() throws Exception {
        nodes = new NodeProcesses(directory, NODES);
    }

    @AfterEach
    void stop() {
        crowd.close();
        nodes.close();
    }

    private static long percentile99(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        return TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() * 99 / 100));
    }

    @Test
    void forceDisconnectReachesVictimsOfOtherNodesAtOnce() throws Exception {
        crowd.join(nodes.uris(), SESSIONS, CLIENTS);
        List<Long> answered = new ArrayList<>();
        List<Long> ended = new ArrayList<>();
        for (List<ProtocolClient> session : crowd.sessions()) {
            ProtocolClient moderator = session.get(0);
            for (ProtocolClient victim : session) {
                if (victim.node() == moderator.node()) {
                    continue;
                }
                int third = NODES - moderator.node() - victim.node();
                long began = System.nanoTime();
                assertThat(rest.forceDisconnect(nodes.uri(third), victim.session(), victim.id(), false))
                        .isEqualTo(204);
                answered.add(System.nanoTime() - began);
                Awaitility.await("the victim knows")
                        .atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> victim.history().end() != null);
                ended.add(victim.history().endedAt() - began);
                assertThat(rest.connections(nodes.uri(third), victim.session()))
                        .doesNotContain(victim.id().value());
            }
        }
        System.out.printf(
                "event=clusterRest kicks=%s answered99Millis=%s ended99Millis=%s%n",
                ended.size(), percentile99(answered), percentile99(ended));
        for (List<ProtocolClient> session : crowd.sessions()) {
            assertThat(session)
                    .filteredOn(client -> client.history().end() != null)
                    .hasSize(CLIENTS - CLIENTS / NODES)
                    .extracting(client -> client.history().end())
                    .extracting(ServerMessage.Disconnected::reason)
                    .containsOnly(DisconnectReason.FORCE_DISCONNECTED);
            Awaitility.await("the clients that stay have seen each removal once")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(session.get(0).history().events())
                            .filteredOn(SequencedEvent.ConnectionDestroyed.class::isInstance)
                            .hasSize(CLIENTS - CLIENTS / NODES));
        }
        assertThat(ended).hasSizeGreaterThanOrEqualTo(300);
        assertThat(percentile99(answered)).isLessThanOrEqualTo(LIMIT_MILLIS);
        assertThat(percentile99(ended)).isLessThanOrEqualTo(LIMIT_MILLIS);
    }

    /** One of the sessions is empty afterwards, the other one is not. */
    @Test
    void banSurvivesKilledNodesAndAKilledRedis() throws Exception {
        crowd.join(nodes.uris(), 1, 1);
        crowd.join(nodes.uris(), 1, 3);
        List<ProtocolClient> banned = new ArrayList<>();
        for (List<ProtocolClient> session : crowd.sessions()) {
            ProtocolClient victim = session.get(0);
            assertThat(rest.forceDisconnect(
                            nodes.uri((victim.node() + 1) % NODES), victim.session(), victim.id(), true))
                    .isEqualTo(204);
            banned.add(victim);
        }
        crowd.signalFor(Duration.ofSeconds(2)); // longer than Redis waits before it writes to its disk
        for (int node = 0; node < NODES; node++) {
            nodes.node(node).signal("KILL");
        }
        nodes.redis().kill();
        nodes.redis().start();
        for (int node = 0; node < NODES; node++) {
            nodes.start(node);
        }
        for (ProtocolClient victim : banned) {
            for (int node = 0; node < NODES; node++) {
                assertThat(crowd.refusal(nodes.uri(node), victim)).contains("banned");
            }
        }
    }
}
