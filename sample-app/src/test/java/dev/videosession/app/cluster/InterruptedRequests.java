package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * Requests that a node has appended to the log, and whose reply never reaches it: Redis has carried them out when the node is killed.
 * Their clients resume at another node and repeat them. Each must have been carried out once.
 */
final class InterruptedRequests implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CLIENTS = 3;

    private final NodeProcesses nodes;
    private final int victim;
    private final CheckedCrowd crowd = new CheckedCrowd();
    private final List<Interrupted> requests = new ArrayList<>();

    /** What is requested. */
    enum Kind {
        PUBLISH,
        SIGNAL,
        FORCE_DISCONNECT
    }

    /** A request in a session of its own, by a client of the node that is killed. */
    private record Interrupted(Kind kind, String name, ProtocolClient sender, List<ProtocolClient> others) {
        ProtocolClient removed() {
            return others.get(0);
        }

        void send() {
            sender.request(id -> switch (kind) {
                case PUBLISH -> new ClientMessage.Publish(id, name, true, true, VideoType.CAMERA, null);
                case SIGNAL -> new ClientMessage.Signal(id, "interrupted", name, null);
                case FORCE_DISCONNECT ->
                    new ClientMessage.ForceDisconnect(
                            id, Objects.requireNonNull(removed().id()), name, null);
            });
        }

        private boolean isEffect(SequencedEvent event) {
            return switch (kind) {
                case PUBLISH ->
                    event instanceof SequencedEvent.StreamCreated created
                            && name.equals(created.stream().name());
                case SIGNAL -> event instanceof SequencedEvent.Signal signal && name.equals(signal.data());
                case FORCE_DISCONNECT ->
                    event instanceof SequencedEvent.ConnectionDestroyed gone
                            && gone.connectionId().equals(removed().id());
            };
        }

        private Stream<ProtocolClient> remaining() {
            return Stream.concat(Stream.of(sender), others.stream())
                    .filter(client -> kind != Kind.FORCE_DISCONNECT || client != removed());
        }

        void check() {
            assertThat(sender.history().replies().values())
                    .as("replies to %s", name)
                    .hasSize(1)
                    .allMatch(reply -> kind == Kind.PUBLISH
                            ? reply instanceof ServerMessage.Published
                            : reply instanceof ServerMessage.Done);
            remaining().forEach(client -> {
                assertThat(client.history().events().stream().filter(this::isEffect))
                        .as("%s at %s", name, client.id())
                        .hasSize(1);
                assertThat(client.history().violations())
                        .as("what %s has seen", client.id())
                        .isEmpty();
                assertThat(client.history().startedOver()).isZero();
            });
            if (kind == Kind.FORCE_DISCONNECT) {
                assertThat(Objects.requireNonNull(removed().history().end()).reason())
                        .isEqualTo(DisconnectReason.FORCE_DISCONNECTED);
            }
        }
    }

    /**
     * Joins sessions with clients at two nodes.
     *
     * @param victim the node that will be killed
     * @param other the node at which its clients resume
     * @param each a number of sessions for each kind of request
     */
    InterruptedRequests(NodeProcesses nodes, int victim, int other, int each) {
        this.nodes = nodes;
        this.victim = victim;
        crowd.join(List.of(nodes.uri(victim), nodes.uri(other)), each * Kind.values().length, CLIENTS);
        List<List<ProtocolClient>> sessions = crowd.sessions();
        for (int i = 0; i < sessions.size(); i++) {
            ProtocolClient sender = crowd.at(sessions.get(i), 0);
            List<ProtocolClient> others =
                    sessions.get(i).stream().filter(client -> client != sender).toList();
            Kind kind = Kind.values()[i % Kind.values().length];
            requests.add(new Interrupted(kind, kind + " " + i, sender, others));
        }
    }

    /** Kills the node when all requests are in the log and none is answered. */
    void kill() throws Exception {
        Map<Interrupted, Integer> before = new LinkedHashMap<>();
        requests.forEach(request ->
                before.put(request, nodes.redis().entries(request.sender().session())));
        nodes.path(victim).holdAnswers(true);
        requests.forEach(Interrupted::send);
        Awaitility.await("all requests are in the log")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> requests.stream()
                        .allMatch(request ->
                                nodes.redis().entries(request.sender().session()) > before.get(request)));
        assertThat(requests)
                .as("no request is answered")
                .noneMatch(request -> request.sender().isAnswered());
        nodes.node(victim).signal("KILL");
        nodes.node(victim).exitCode();
        nodes.path(victim).holdAnswers(false);
    }

    /** Checks that each request was carried out once and answered once. */
    void check() {
        Awaitility.await("all requests are answered")
                .atMost(LIMIT)
                .until(() -> requests.stream()
                        .allMatch(request -> request.sender().isAnswered()
                                && request.remaining().allMatch(ProtocolClient::isOnline)
                                && (request.kind() != Kind.FORCE_DISCONNECT
                                        || request.removed().history().end() != null)));
        requests.forEach(
                request -> request.others().get(1).request(id -> new ClientMessage.Signal(id, "last", null, null)));
        Awaitility.await("what follows arrives")
                .atMost(LIMIT)
                .until(() -> requests.stream()
                        .allMatch(request -> request.remaining()
                                .allMatch(client -> client.history().events().stream()
                                        .anyMatch(event -> event instanceof SequencedEvent.Signal signal
                                                && "last".equals(signal.signalType())))));
        requests.forEach(Interrupted::check);
    }

    @Override
    public void close() {
        crowd.close();
    }
}
