package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node dies or is suspended together with something else. */
@Tag("faults")
class NodeDeathIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int NODES = 3;
    private static final long GHOST_MILLIS = 20_000;

    @TempDir
    private Path directory;

    private final CheckedCrowd crowd = new CheckedCrowd();
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

    private static long destroyed(ProtocolClient viewer, ConnectionId connection) {
        return viewer.events().stream()
                .filter(event -> event instanceof SequencedEvent.ConnectionDestroyed gone
                        && gone.connectionId().equals(connection))
                .count();
    }

    /** The victim's node cannot tell it: it is suspended before the kick, and killed afterwards. */
    @Test
    void kickedClientGetsTheReasonAtAnotherNodeWhenItsOwnIsDead() throws Exception {
        crowd.join(nodes.uris(), 10, NODES);
        nodes.node(0).signal("STOP");
        List<ProtocolClient> victims = new ArrayList<>();
        for (List<ProtocolClient> session : crowd.sessions()) {
            ProtocolClient victim = crowd.at(session, 0);
            victims.add(victim);
            crowd.at(session, 1).request(id -> new ClientMessage.ForceDisconnect(id, victim.id(), "bye", null));
        }
        crowd.awaitAnswers();
        nodes.node(0).signal("KILL");
        Awaitility.await("every victim knows")
                .atMost(LIMIT)
                .until(() -> victims.stream().allMatch(victim -> victim.end() != null));
        assertThat(victims)
                .extracting(ProtocolClient::end)
                .extracting(ServerMessage.Disconnected::reason)
                .containsOnly(DisconnectReason.FORCE_DISCONNECTED);
        for (int i = 0; i < victims.size(); i++) {
            assertThat(destroyed(
                            crowd.at(crowd.sessions().get(i), 1), victims.get(i).id()))
                    .isEqualTo(1);
        }
        System.out.printf("event=clusterFault fault=kick-and-death clients=%s%n", victims.size());
    }

    /** Clients of a suspended node that die as well are removed in time and once. No other client is removed. */
    @Test
    void ghostsOfASuspendedNodeAreGoneInTime() throws Exception {
        crowd.join(nodes.uris(), 10, 2 * NODES);
        nodes.node(1).signal("STOP");
        Map<ProtocolClient, ProtocolClient> ghosts = new HashMap<>();
        for (List<ProtocolClient> session : crowd.sessions()) {
            ProtocolClient ghost = crowd.at(session, 1);
            ghosts.put(ghost, crowd.at(session, 2));
            ghost.vanish();
        }
        long failed = System.nanoTime();
        Awaitility.await("all ghosts are gone")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> ghosts.entrySet().stream()
                        .allMatch(
                                each -> destroyed(each.getValue(), each.getKey().id()) > 0));
        long goneMillis = Duration.ofNanos(System.nanoTime() - failed).toMillis();
        crowd.signalFor(Duration.ofSeconds(30).minusNanos(Math.min(System.nanoTime() - failed, 29_000_000_000L)));
        nodes.node(1).signal("CONT");
        crowd.signalFor(Duration.ofSeconds(5));
        crowd.signalUntilOnline(LIMIT);
        System.out.printf("event=clusterFault fault=ghosts clients=%s goneMillis=%s%n", ghosts.size(), goneMillis);
        for (List<ProtocolClient> session : crowd.sessions()) {
            for (ProtocolClient viewer : session) {
                if (!ghosts.containsKey(viewer)) {
                    assertThat(viewer.violations()).isEmpty();
                    assertThat(viewer.events())
                            .filteredOn(SequencedEvent.ConnectionDestroyed.class::isInstance)
                            .hasSize(1);
                }
            }
        }
        assertThat(goneMillis).isLessThanOrEqualTo(GHOST_MILLIS);
    }
}
