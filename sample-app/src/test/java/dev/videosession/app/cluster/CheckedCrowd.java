package dev.videosession.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.testsupport.WebSocketClients;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Clients in sessions that send signals, and the comparison of what each of them has received. */
final class CheckedCrowd implements AutoCloseable {
    private static final String TYPE = "count";

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, CheckedCrowd::daemon);
    private final Map<URI, WebSocketClients> sockets = new HashMap<>(); // by node
    private final Project project = new Project(Integer.parseInt(NodeProcesses.API_KEY), NodeProcesses.SECRET);
    private final SessionIds ids = new SessionIds(Clock.systemUTC());
    private final Map<SessionId, List<ProtocolClient>> sessions = new LinkedHashMap<>();
    private int signals;

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "crowd");
        thread.setDaemon(true);
        return thread;
    }

    /** Fills new sessions with clients, spread over the nodes, and waits until all are connected. */
    void join(List<URI> nodes, int sessionCount, int clientsEach) {
        List<WebSocketClients> ways = nodes.stream().map(this::socketsOf).toList();
        List<CompletableFuture<Void>> connecting = new ArrayList<>();
        for (int i = 0; i < sessionCount; i++) {
            SessionId session = ids.create(project.apiKey(), true);
            List<ProtocolClient> clients = new ArrayList<>();
            for (int j = 0; j < clientsEach; j++) {
                String token = new TokenIssuer(project)
                        .jwt(new ClientToken(session).withRole(Role.MODERATOR).withData(i + "/" + j));
                clients.add(
                        new ProtocolClient(timer, ways, connecting.size() + j, (i + j) % nodes.size(), session, token));
            }
            sessions.put(session, clients);
            clients.forEach(client -> connecting.add(client.connect()));
        }
        Awaitility.await("all clients are connected")
                .atMost(Duration.ofSeconds(60))
                .until(() -> connecting.stream().allMatch(CompletableFuture::isDone));
        connecting.forEach(CompletableFuture::join);
    }

    private WebSocketClients socketsOf(URI node) {
        return sockets.computeIfAbsent(
                node,
                uri -> WebSocketClients.withCloseFrames(new InetSocketAddress(uri.getHost(), uri.getPort()), "crowd"));
    }

    /** Connects once more with the token of a client, which must be refused; returns what the node says. */
    String refusal(URI node, ProtocolClient client) {
        ProtocolClient again = client.another(List.of(socketsOf(node)));
        try {
            again.connect().join();
        } catch (CompletionException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("admitted");
    }

    /** The clients of each session. */
    List<List<ProtocolClient>> sessions() {
        return List.copyOf(sessions.values());
    }

    /** The first client of a session that is at a node. */
    ProtocolClient at(List<ProtocolClient> session, int node) {
        return session.stream()
                .filter(client -> client.node() == node && client.isOnline())
                .findFirst()
                .orElseThrow();
    }

    /** How many clients are at a node. */
    long countAt(int node) {
        return all().stream()
                .filter(client -> client.isOnline() && client.node() == node)
                .count();
    }

    List<ProtocolClient> all() {
        return sessions.values().stream().flatMap(List::stream).toList();
    }

    /** One client of each session sends a signal to all. */
    void signal() {
        signals++;
        int turn = signals;
        for (List<ProtocolClient> clients : sessions.values()) {
            clients.get(turn % clients.size())
                    .request(request -> new ClientMessage.Signal(request, TYPE, Integer.toString(turn), null));
        }
    }

    /** Sends signals for a while. */
    void signalFor(Duration time) {
        Awaitility.await("signals")
                .atMost(time.plusSeconds(30))
                .during(time)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    signal();
                    return true;
                });
    }

    /** Waits until every request of a client that is connected is answered. */
    void awaitAnswers() {
        Awaitility.await("answers")
                .atMost(Duration.ofSeconds(30))
                .until(() -> all().stream().allMatch(client -> client.isAnswered() || !client.isOnline()));
    }

    /** Waits until every client has a new connection. */
    void awaitStartedOver(Duration limit) {
        Awaitility.await("all clients have started over")
                .atMost(limit)
                .until(() -> all().stream()
                        .allMatch(
                                client -> client.isOnline() && client.history().startedOver() > 0));
    }

    /** Every client sends some signals to its session; returns when each of them has received all. */
    void exchange(int each, Duration limit) {
        for (List<ProtocolClient> clients : sessions.values()) {
            long awaited = clients.get(0).history().exchanged() + (long) each * clients.size();
            for (int i = 0; i < each; i++) {
                clients.forEach(client ->
                        client.request(id -> new ClientMessage.Signal(id, ClientHistory.EXCHANGED, "data", null)));
            }
            Awaitility.await("all signals")
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() ->
                            clients.stream().allMatch(client -> client.history().exchanged() >= awaited));
        }
    }

    /** How often clients have started over. */
    int startedOver() {
        return all().stream().mapToInt(client -> client.history().startedOver()).sum();
    }

    /** Checks that the clients of each session are still in one: each receives what each of them sends. */
    void checkSameSession() {
        for (List<ProtocolClient> clients : sessions.values()) {
            for (int i = 0; i < clients.size(); i++) {
                String data = "from " + i;
                clients.get(i).request(request -> new ClientMessage.Signal(request, "same", data, null));
            }
        }
        for (List<ProtocolClient> clients : sessions.values()) {
            for (ProtocolClient client : clients) {
                Awaitility.await("what all send arrives")
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(client.history().events())
                                .as(
                                        "at %s, of violations %s",
                                        client.id(), client.history().violations())
                                .filteredOn(event -> event instanceof SequencedEvent.Signal signal
                                        && "same".equals(signal.signalType()))
                                .hasSize(clients.size()));
                assertThat(client.history().violations())
                        .as("what %s has seen", client.id())
                        .isEmpty();
            }
            assertThat(clients.stream()
                            .map(client -> client.history().sequenceOfLastSignal())
                            .distinct())
                    .as("the number of the last signal, at all clients")
                    .hasSize(1);
        }
    }

    /** Sends signals until all clients are connected. */
    void signalUntilOnline(Duration limit) {
        Awaitility.await("all clients are back")
                .atMost(limit)
                .pollInterval(Duration.ofMillis(250)) // more signals would keep two cores busy alone
                .until(() -> {
                    signal();
                    return all().stream().allMatch(ProtocolClient::isOnline);
                });
    }

    /** Waits until every request is answered and every client has every event, and compares their histories. */
    void check() {
        signal();
        Awaitility.await("everything is answered and received")
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    assertThat(all()).allMatch(ProtocolClient::isAnswered);
                    sessions.values()
                            .forEach(clients -> clients.forEach(client -> assertThat(counted(client))
                                    .as(
                                            "signals at %s, of violations %s",
                                            client.id(), client.history().violations())
                                    .hasSize(signals)));
                });
        for (List<ProtocolClient> clients : sessions.values()) {
            Map<Long, SequencedEvent> log = new HashMap<>();
            for (ProtocolClient client : clients) {
                assertThat(client.history().violations())
                        .as("what %s has seen", client.id())
                        .isEmpty();
                assertThat(client.history().rosters())
                        .as("rosters at %s", client.id())
                        .isZero();
                assertThat(client.history().startedOver())
                        .as("new connections of %s", client.id())
                        .isZero();
                assertThat(client.history().replies().values()).allMatch(reply -> reply instanceof ServerMessage.Done);
                assertThat(client.history().events())
                        .noneMatch(event -> event instanceof SequencedEvent.ConnectionDestroyed);
                assertThat(counted(client)).doesNotHaveDuplicates();
                for (SequencedEvent event : client.history().events()) {
                    SequencedEvent known = log.putIfAbsent(event.sequence(), event);
                    assertThat(known == null || known.equals(event))
                            .as("%s and %s have the same number", event, known)
                            .isTrue();
                }
            }
            for (ProtocolClient client : clients) {
                assertThat(client.history().missing())
                        .as("events that %s has missed", client.id())
                        .allMatch(number -> clients.size() == 1 || isAbout(client.id(), log.get(number)));
            }
        }
    }

    /** A client receives no events about its own connection. */
    private static boolean isAbout(ConnectionId connection, @Nullable SequencedEvent event) {
        if (event instanceof SequencedEvent.ConnectionReconnecting lost) {
            return lost.connectionId().equals(connection);
        }
        return event instanceof SequencedEvent.ConnectionReconnected back
                && back.connectionId().equals(connection);
    }

    /** Checks that no client was removed, for faults in which events may be lost. */
    void checkConnections() {
        for (ProtocolClient client : all()) {
            assertThat(client.history().violations())
                    .as("what %s has seen", client.id())
                    .isEmpty();
            assertThat(client.history().events())
                    .noneMatch(event -> event instanceof SequencedEvent.ConnectionDestroyed);
        }
    }

    private static List<String> counted(ProtocolClient client) {
        return client.history().events().stream()
                .filter(event -> event instanceof SequencedEvent.Signal signal && TYPE.equals(signal.signalType()))
                .map(event -> ((SequencedEvent.Signal) event).data())
                .toList();
    }

    /** The absences of all clients so far, shortest first, in milliseconds. */
    List<Long> absences() {
        return all().stream()
                .flatMap(client -> client.history().absencesMillis().stream())
                .sorted()
                .toList();
    }

    /** {@return the time within which 99 of 100 absences ended, in milliseconds} */
    long absence99() {
        List<Long> sorted = absences();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1L, sorted.size() * 99L / 100));
    }

    @Override
    public void close() {
        all().forEach(ProtocolClient::leave);
        timer.shutdownNow();
        sockets.values().forEach(WebSocketClients::close);
    }
}
