package dev.videosession.app.cluster;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.testsupport.WebSocketClients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks the protocol and resumes at any of several nodes. Its history tells whether an event is missing or came
 * twice. It needs no thread of its own. Thread-safe.
 */
final class ProtocolClient {
    private static final long ANSWER_SECONDS = 8;
    private static final long CONNECT_SECONDS = 60;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final ScheduledExecutorService timer;
    private final List<WebSocketClients> nodes;
    private final int address;
    private final SessionId session;
    private final String token;
    private final ClientHistory history = new ClientHistory();
    private final ProtocolSocket.Owner socketEvents = new SocketEvents();
    private final Map<Long, ClientMessage.Request> pending = new LinkedHashMap<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final ReconnectSchedule schedule;
    private @Nullable ProtocolSocket socket;
    private @Nullable ConnectionId id;
    private @Nullable String resumeKey;
    private int node;
    private long lastId;
    private long lostAt;
    private long heardAt;
    private long drainMillis;
    private List<Integer> preferred = List.of();
    private boolean online;
    private boolean leaving;

    /**
     * Makes a client that is not connected.
     *
     * @param timer runs its heartbeats
     * @param nodes sockets of each node
     * @param address chooses the address that it connects from, because a node limits the sockets of one
     * @param firstNode index of the node to which it connects first
     * @param session to join
     * @param token for it
     */
    ProtocolClient(
            ScheduledExecutorService timer,
            List<WebSocketClients> nodes,
            int address,
            int firstNode,
            SessionId session,
            String token) {
        this.timer = timer;
        this.nodes = nodes;
        this.address = address;
        this.node = firstNode;
        this.session = session;
        this.token = token;
        this.schedule = new ReconnectSchedule(nodes.size(), new Random());
        schedule.begin(firstNode, List.of(), 0);
    }

    /** One that uses the same token. */
    ProtocolClient another(List<WebSocketClients> otherNodes) {
        return new ProtocolClient(timer, otherNodes, address, 0, session, token);
    }

    /** Connects; completed when the server has answered. */
    synchronized CompletableFuture<Void> connect() {
        open();
        var unused = timer.scheduleWithFixedDelay(
                this::beat, 1000 + ThreadLocalRandom.current().nextInt(1000), 1000, TimeUnit.MILLISECONDS);
        return connected;
    }

    private synchronized void open() {
        if (socket != null || leaving) {
            return;
        }
        if (id != null && schedule.isOver(System.nanoTime())) {
            history.violation("could not resume within the window");
            leaving = true;
            return;
        }
        ProtocolSocket opened = ProtocolSocket.open(nodes.get(node), address, socketEvents);
        socket = opened;
        // a connection that the server makes too late would be a ghost: only a resume is tried elsewhere
        long seconds = id == null ? CONNECT_SECONDS : ANSWER_SECONDS;
        var unused = timer.schedule(() -> giveUp(opened), seconds, TimeUnit.SECONDS);
    }

    private synchronized void giveUp(ProtocolSocket unanswered) {
        if (!online) {
            if (unanswered.isOpen()) {
                schedule.suspended(heardAt);
            }
            unanswered.abort();
            lost(unanswered);
        }
    }

    private synchronized void beat() {
        ProtocolSocket current = socket;
        if (current == null || !online) {
            return;
        }
        if (current.silenceNanos() > SILENCE_NANOS) {
            current.abort();
            lost(current);
        } else {
            current.send(new Heartbeat());
        }
    }

    /** Sends a request, now or after the next resume; returns its id. */
    synchronized long request(LongFunction<ClientMessage.Request> maker) {
        long request = ++lastId;
        ClientMessage.Request made = maker.apply(request);
        pending.put(request, made);
        ProtocolSocket current = socket;
        if (online && current != null) {
            current.send(made);
        }
        return request;
    }

    /** Leaves the session. */
    synchronized void leave() {
        leaving = true;
        ProtocolSocket current = socket;
        if (current != null) {
            current.send(new ClientMessage.Disconnect());
        }
    }

    /** Dies without a word, for good. */
    synchronized void vanish() {
        leaving = true;
        ProtocolSocket current = socket;
        if (current != null) {
            current.abort();
        }
    }

    private void sendEntry(ProtocolSocket opened) {
        long request = ++lastId;
        ConnectionId resumed = id;
        String key = resumeKey;
        opened.send(
                resumed == null || key == null
                        ? new ClientMessage.Connect(
                                request, MessageCodec.PROTOCOL_VERSION, session, token, "checker/1", null)
                        : new ClientMessage.Resume(
                                request, MessageCodec.PROTOCOL_VERSION, session, resumed, key, history.sequence()));
    }

    private synchronized void lost(ProtocolSocket from) {
        if (from != socket || leaving || history.end() != null) {
            return;
        }
        socket = null;
        long now = System.nanoTime();
        if (online) {
            online = false;
            lostAt = now;
            schedule.begin(node, preferred, now);
            schedule.hint(drainMillis, now);
            preferred = List.of();
            drainMillis = 0;
        }
        node = schedule.node();
        var unused = timer.schedule(this::open, schedule.waitMillis(), TimeUnit.MILLISECONDS);
    }

    private void admitted(ServerMessage.Connected welcome) {
        id = welcome.connection().connectionId();
        resumeKey = welcome.resumeKey();
        history.began(welcome.roster().sequence());
        schedule.use(welcome.timings().resumeWindowMillis(), welcome.timings().silenceMillis());
        online = true;
        connected.complete(null);
    }

    private void resumed(ProtocolSocket from, ServerMessage.Resumed resumed) {
        resumeKey = resumed.resumeKey();
        online = true;
        history.resumed(resumed, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostAt));
        pending.values().forEach(from::send);
    }

    private List<Integer> indexesOf(@Nullable List<String> addresses) {
        return IntStream.range(0, nodes.size())
                .filter(index ->
                        addresses != null && addresses.contains(nodes.get(index).address()))
                .boxed()
                .toList();
    }

    private void answered(ServerMessage.Reply reply) {
        if (reply instanceof ServerMessage.Failed failed && !online) {
            refused(failed);
        } else if (pending.remove(reply.id()) == null) {
            history.violation("unexpected reply " + reply);
        } else {
            history.reply(reply);
        }
    }

    /** The server does not let it in, and closes the socket. */
    private void refused(ServerMessage.Failed failed) {
        if (failed.code() == ErrorCode.UNKNOWN_RESUME.code() && id != null) {
            history.lostConnection();
            id = null;
            resumeKey = null;
            pending.clear();
        } else if (failed.retryAfterMillis() != null) {
            schedule.hint(failed.retryAfterMillis(), System.nanoTime());
        } else if (!failed.retry() && failed.code() != ErrorCode.CONNECT_TIMEOUT.code()) {
            history.violation("not admitted: " + failed);
            connected.completeExceptionally(new IllegalStateException(failed.message()));
            leaving = true;
        }
    }

    /** {@return what it has received} */
    ClientHistory history() {
        return history;
    }

    /** The index of the node that it uses. */
    synchronized int node() {
        return node;
    }

    synchronized boolean isOnline() {
        return online;
    }

    /** Whether every request was answered. */
    synchronized boolean isAnswered() {
        return pending.isEmpty();
    }

    synchronized ConnectionId id() {
        return id;
    }

    SessionId session() {
        return session;
    }

    private final class SocketEvents implements ProtocolSocket.Owner {
        @Override
        public void opened(ProtocolSocket from) {
            synchronized (ProtocolClient.this) {
                if (from == socket) {
                    sendEntry(from);
                } else {
                    from.abort();
                }
            }
        }

        @Override
        public void received(ProtocolSocket from, ServerMessage message) {
            synchronized (ProtocolClient.this) {
                if (from != socket) {
                    return;
                }
                heardAt = System.nanoTime();
                if (message instanceof ServerMessage.Connected welcome) {
                    admitted(welcome);
                } else if (message instanceof ServerMessage.Resumed resumed) {
                    resumed(from, resumed);
                } else if (message instanceof ServerMessage.Reply reply) {
                    answered(reply);
                } else if (message instanceof SequencedEvent event) {
                    history.event(event);
                } else if (message instanceof ServerMessage.Draining draining) {
                    drainMillis = draining.retryAfterMillis();
                    preferred = indexesOf(draining.nodes());
                } else if (message instanceof ServerMessage.Disconnected disconnected) {
                    history.ended(disconnected);
                    connected.completeExceptionally(new IllegalStateException("disconnected: " + disconnected));
                }
            }
        }

        @Override
        public void broken(ProtocolSocket from, String how) {
            history.violation("broken: " + how);
        }

        @Override
        public void lost(ProtocolSocket from) {
            ProtocolClient.this.lost(from);
        }
    }
}
