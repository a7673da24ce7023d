package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.project.Project;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionListener;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node dies or is suspended together with something else. */
@Tag("faults")
class NodeDeathIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int NODES = 3;
    private static final int KICKS = Integer.getInteger("cluster.kicks", 10);
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
        return viewer.history().events().stream()
                .filter(event -> event instanceof SequencedEvent.ConnectionDestroyed gone
                        && gone.connectionId().equals(connection))
                .count();
    }

    /** The victim's node cannot tell it: it is suspended before the kick, and killed afterwards. */
    @Test
    @Timeout(300)
    void kickedClientGetsTheReasonAtAnotherNodeWhenItsOwnIsDead() throws Exception {
        int removed = 0;
        for (int kick = 0; kick < KICKS; kick++) {
            int dying = kick % NODES;
            try (CheckedCrowd kicked = new CheckedCrowd()) {
                kicked.join(nodes.uris(), 10, NODES);
                removed += kickAndKill(kicked, dying);
            }
            nodes.start(dying);
        }
        System.out.printf("event=clusterFault fault=kick-and-death kills=%s clients=%s%n", KICKS, removed);
    }

    /** Removes the client of each session that is at a node; returns how many. */
    private int kickAndKill(CheckedCrowd kicked, int dying) throws Exception {
        int living = (dying + 1) % NODES;
        nodes.node(dying).signal("STOP");
        List<ProtocolClient> victims = new ArrayList<>();
        List<ProtocolClient> moderators = new ArrayList<>();
        for (List<ProtocolClient> session : kicked.sessions()) {
            ProtocolClient victim = kicked.at(session, dying);
            ProtocolClient moderator = kicked.at(session, living);
            victims.add(victim);
            moderators.add(moderator);
            moderator.request(id -> new ClientMessage.ForceDisconnect(id, victim.id(), "bye", null));
        }
        kicked.awaitAnswers();
        nodes.node(dying).signal("KILL");
        Awaitility.await("every victim knows")
                .atMost(LIMIT)
                .until(() ->
                        victims.stream().allMatch(victim -> victim.history().end() != null));
        assertThat(victims)
                .extracting(client -> client.history().end())
                .extracting(ServerMessage.Disconnected::reason)
                .containsOnly(DisconnectReason.FORCE_DISCONNECTED);
        for (int i = 0; i < victims.size(); i++) {
            assertThat(destroyed(moderators.get(i), victims.get(i).id())).isEqualTo(1);
        }
        return victims.size();
    }

    /** The same for an application that uses the SDK. */
    @Test
    @Timeout(300)
    void applicationOfAKickedClientLearnsTheReasonWhenItsNodeIsDead() throws Exception {
        int removed = 0;
        for (int kick = 0; kick < KICKS; kick++) {
            int dying = kick % NODES;
            try (CheckedCrowd kicked = new CheckedCrowd()) {
                kicked.join(nodes.uris(), 3, NODES);
                removed += kickApplicationsAndKill(kicked, dying);
            }
            nodes.start(dying);
        }
        System.out.printf("event=clusterFault fault=kick-and-death-sdk kills=%s clients=%s%n", KICKS, removed);
    }

    /** Adds an application to each session, at a node, and removes it; returns how many. */
    private int kickApplicationsAndKill(CheckedCrowd kicked, int dying) throws Exception {
        Map<Session, List<String>> victims = new HashMap<>();
        try {
            for (List<ProtocolClient> session : kicked.sessions()) {
                victims.put(join(session.get(0).session(), dying), new CopyOnWriteArrayList<>());
            }
            victims.forEach((victim, ends) -> victim.addListener(new SessionListener() {
                @Override
                public void onDisconnected(SessionDisconnectEvent event) {
                    ends.add(event.reason() + " " + event.message().orElse(""));
                }
            }));
            nodes.node(dying).signal("STOP");
            for (List<ProtocolClient> session : kicked.sessions()) {
                Session victim = victims.keySet().stream()
                        .filter(each -> each.id().equals(session.get(0).session()))
                        .findFirst()
                        .orElseThrow();
                ConnectionId removed = victim.connection().orElseThrow().id();
                kicked.at(session, (dying + 1) % NODES)
                        .request(id -> new ClientMessage.ForceDisconnect(id, removed, "bye", null));
            }
            kicked.awaitAnswers();
            nodes.node(dying).signal("KILL");
            Awaitility.await("every application knows")
                    .atMost(LIMIT)
                    .until(() -> victims.values().stream().noneMatch(List::isEmpty));
            assertThat(victims.values()).containsOnly(List.of(DisconnectReason.FORCE_DISCONNECTED + " bye"));
        } finally {
            victims.keySet().forEach(Session::close);
        }
        return victims.size();
    }

    /** Joins with the SDK, at a node. */
    private Session join(SessionId id, int node) {
        List<URI> order = nodes.uris();
        Collections.rotate(order, -node);
        Session session = Session.builder(
                        ServerAddress.listOf(order.stream().map(URI::toString).collect(Collectors.joining(","))),
                        NodeProcesses.API_KEY,
                        id.value())
                .build();
        Project project = new Project(Integer.parseInt(NodeProcesses.API_KEY), NodeProcesses.SECRET);
        session.connect(new TokenIssuer(project).jwt(new ClientToken(id).withRole(Role.PUBLISHER)))
                .blockingAwait();
        return session;
    }

    /** Clients of a suspended node that die as well are removed in time and once. No other client is removed. */
    @Test
    void ghostsOfASuspendedNodeEndInTime() throws Exception {
        crowd.join(nodes.uris(), 10, 2 * NODES);
        nodes.node(1).signal("STOP");
        Map<ProtocolClient, ProtocolClient> ghosts = new HashMap<>();
        for (List<ProtocolClient> session : crowd.sessions()) {
            ProtocolClient ghost = crowd.at(session, 1);
            ghosts.put(ghost, crowd.at(session, 2));
            ghost.vanish();
        }
        long failed = System.nanoTime();
        Awaitility.await("all ghosts have ended")
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
                    assertThat(viewer.history().violations()).isEmpty();
                    assertThat(viewer.history().events())
                            .filteredOn(SequencedEvent.ConnectionDestroyed.class::isInstance)
                            .singleElement()
                            .extracting(event -> ((SequencedEvent.ConnectionDestroyed) event).reason())
                            .isEqualTo(DisconnectReason.NETWORK_DISCONNECTED);
                }
            }
        }
        assertThat(goneMillis).isLessThanOrEqualTo(GHOST_MILLIS);
    }
}
