package dev.videosession.app.cluster;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.testsupport.WebSocketClients;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks the protocol, resumes at any of several nodes, and checks what it receives: no event is missing, none
 * comes twice, and every request is answered. It needs no thread of its own. Thread-safe.
 */
final class ProtocolClient {
    /** The type of signals that are counted and not kept. */
    static final String EXCHANGED = "exchange";

    private static final MessageCodec CODEC = new MessageCodec();
    private static final Map<String, ServerMessage> DECODED = new ConcurrentHashMap<>();
    private static final int MOST_DECODED = 10_000;
    private static final int LONGEST_MESSAGE = 4 * 1024 * 1024;
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long ANSWER_SECONDS = 8;
    private static final long CONNECT_SECONDS = 60;
    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(8);

    private final ScheduledExecutorService timer;
    private final List<WebSocketClients> nodes;
    private final int address;
    private final SessionId session;
    private final String token;
    private final List<String> violations = new ArrayList<>();
    private final List<SequencedEvent> events = new ArrayList<>();
    private final List<Long> missing = new ArrayList<>();
    private final List<Long> absencesMillis = new ArrayList<>();
    private final Map<Long, ClientMessage.Request> pending = new LinkedHashMap<>();
    private final Map<Long, ServerMessage.Reply> replies = new LinkedHashMap<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private @Nullable Line line;
    private @Nullable ConnectionId id;
    private @Nullable String resumeKey;
    private ServerMessage.@Nullable Disconnected end;
    private long endedAt;
    private int node;
    private long sequence;
    private long lastId;
    private long lostAt;
    private int rosters;
    private int startedOver;
    private long exchanged;
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

    private void open() {
        Line opened = new Line();
        line = opened;
        nodes.get(node).open(address, opened::handler).addListener(done -> {
            if (!done.isSuccess()) {
                lost(opened);
            }
        });
        // a connection that the server makes too late would be a ghost: only a resume is tried elsewhere
        long seconds = id == null ? CONNECT_SECONDS : ANSWER_SECONDS;
        var unused = timer.schedule(
                () -> {
                    if (!isOnline()) {
                        opened.abort();
                        lost(opened);
                    }
                },
                seconds,
                TimeUnit.SECONDS);
    }

    /** Decodes a message. All clients of a session receive an event as the same text, which is decoded once. */
    private static ServerMessage decoded(String text) throws MessageException {
        ServerMessage known = DECODED.get(text);
        if (known == null) {
            known = CODEC.decodeServer(text);
            if (known instanceof SequencedEvent) {
                if (DECODED.size() > MOST_DECODED) {
                    DECODED.clear();
                }
                DECODED.put(text, known);
            }
        }
        return known;
    }

    private synchronized void beat() {
        Line current = line;
        if (current == null || !online) {
            return;
        }
        if (System.nanoTime() - current.heardAt > SILENCE_NANOS) {
            current.abort();
            lost(current);
        } else {
            current.send(new Heartbeat());
        }
    }

    /** Sends a request, now or after the next resume; returns its id. */
    synchronized long request(LongFunction<ClientMessage.Request> maker) {
        long request = ++lastId;
        pending.put(request, maker.apply(request));
        Line current = line;
        if (online && current != null) {
            current.send(pending.get(request));
        }
        return request;
    }

    /** Leaves the session. */
    synchronized void leave() {
        leaving = true;
        Line current = line;
        if (current != null) {
            current.send(new ClientMessage.Disconnect());
        }
    }

    private synchronized void opened(Line from) {
        if (from != line) {
            from.abort();
            return;
        }
        long request = ++lastId;
        ConnectionId resumed = id;
        String key = resumeKey;
        from.send(
                resumed == null || key == null
                        ? new ClientMessage.Connect(
                                request, MessageCodec.PROTOCOL_VERSION, session, token, "checker/1", null)
                        : new ClientMessage.Resume(
                                request, MessageCodec.PROTOCOL_VERSION, session, resumed, key, sequence));
    }

    private synchronized void lost(Line from) {
        if (from != line || leaving || end != null) {
            return;
        }
        line = null;
        if (online) {
            online = false;
            lostAt = System.nanoTime();
        }
        if (id != null && System.nanoTime() - lostAt > WINDOW_NANOS) {
            violations.add("could not resume for a minute");
            leaving = true;
            return;
        }
        if (nodes.size()
                > 1) { // another one by chance, as PROTOCOL.md demands: those of a lost node do not all meet again
            node = (node + 1 + ThreadLocalRandom.current().nextInt(nodes.size() - 1)) % nodes.size();
        }
        var unused = timer.schedule(
                () -> {
                    synchronized (this) {
                        if (line == null && !leaving) {
                            open();
                        }
                    }
                },
                ThreadLocalRandom.current().nextInt(200),
                TimeUnit.MILLISECONDS);
    }

    private synchronized void receive(Line from, ServerMessage message) {
        if (from != line) {
            return;
        }
        if (message instanceof ServerMessage.Connected welcome) {
            id = welcome.connection().connectionId();
            resumeKey = welcome.resumeKey();
            sequence = welcome.roster().sequence();
            online = true;
            connected.complete(null);
        } else if (message instanceof ServerMessage.Resumed resumed) {
            resumed(from, resumed);
        } else if (message instanceof ServerMessage.Reply reply) {
            answered(reply);
        } else if (message instanceof SequencedEvent event) {
            if (event.sequence() <= sequence) {
                violations.add("event " + event.sequence() + " after " + sequence);
            }
            for (long number = sequence + 1; number < event.sequence(); number++) {
                missing.add(number);
            }
            sequence = event.sequence();
            if (event instanceof SequencedEvent.Signal signal && EXCHANGED.equals(signal.signalType())) {
                exchanged++;
            } else {
                events.add(event);
            }
        } else if (message instanceof ServerMessage.Disconnected disconnected) {
            end = disconnected;
            endedAt = System.nanoTime();
            connected.completeExceptionally(new IllegalStateException("disconnected: " + disconnected));
        }
    }

    private void resumed(Line from, ServerMessage.Resumed resumed) {
        resumeKey = resumed.resumeKey();
        if (resumed.roster() != null) {
            rosters++;
            sequence = resumed.roster().sequence();
        }
        online = true;
        absencesMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostAt));
        pending.values().forEach(from::send);
    }

    private void answered(ServerMessage.Reply reply) {
        if (reply instanceof ServerMessage.Failed failed && !online) {
            if (failed.code() == ErrorCode.UNKNOWN_RESUME.code() && id != null) {
                startOver();
            } else if (!failed.retry() && failed.retryAfterMillis() == null) {
                violations.add("not admitted: " + failed);
                connected.completeExceptionally(new IllegalStateException(failed.message()));
                leaving = true;
            }
            return; // the server closes the socket
        }
        if (pending.remove(reply.id()) == null) {
            violations.add("unexpected reply " + reply);
        } else {
            replies.put(reply.id(), reply);
        }
    }

    /** The server has lost the connection: the next one is a new one. */
    private void startOver() {
        startedOver++;
        id = null;
        resumeKey = null;
        sequence = 0;
        pending.clear();
    }

    /** Dies without a word, for good. */
    synchronized void vanish() {
        leaving = true;
        Line current = line;
        if (current != null) {
            current.abort();
        }
    }

    /** The index of the node that it uses. */
    synchronized int node() {
        return node;
    }

    /** How often it got a new connection. */
    synchronized int startedOver() {
        return startedOver;
    }

    /** How many signals of the type {@link #EXCHANGED} it has received. */
    synchronized long exchanged() {
        return exchanged;
    }

    /** The number of the last signal that it received, 0 for none. */
    synchronized long sequenceOfLastSignal() {
        return events.stream()
                .filter(SequencedEvent.Signal.class::isInstance)
                .mapToLong(SequencedEvent::sequence)
                .max()
                .orElse(0);
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

    /** What must not have happened. */
    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized List<SequencedEvent> events() {
        return List.copyOf(events);
    }

    synchronized Map<Long, ServerMessage.Reply> replies() {
        return Map.copyOf(replies);
    }

    /** The numbers between received events that were not received: after a resume, those of events about the own connection. */
    synchronized List<Long> missing() {
        return List.copyOf(missing);
    }

    /** How long each absence took, from the loss to the resumed connection. */
    synchronized List<Long> absencesMillis() {
        return List.copyOf(absencesMillis);
    }

    /** How often the roster replaced missed events. */
    synchronized int rosters() {
        return rosters;
    }

    synchronized ServerMessage.@Nullable Disconnected end() {
        return end;
    }

    /** When it was removed, by {@link System#nanoTime}. */
    synchronized long endedAt() {
        return endedAt;
    }

    SessionId session() {
        return session;
    }

    /** One socket. */
    private final class Line extends SimpleChannelInboundHandler<WebSocketFrame> {
        private volatile @Nullable Channel channel;
        private volatile long heardAt = System.nanoTime();

        /** {@return the handler of the socket, which puts together the parts of long rosters} */
        ChannelInitializer<Channel> handler() {
            return new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel opened) {
                    channel = opened;
                    opened.pipeline().addLast(new WebSocketFrameAggregator(LONGEST_MESSAGE), Line.this);
                }
            };
        }

        void send(ClientMessage message) {
            Channel current = channel;
            if (current != null) {
                current.writeAndFlush(new TextWebSocketFrame(CODEC.encodeClient(message)));
            }
        }

        void abort() {
            Channel current = channel;
            if (current != null) {
                current.close();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                heardAt = System.nanoTime();
                opened(this);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            heardAt = System.nanoTime();
            if (frame instanceof TextWebSocketFrame) {
                String text = frame.content().toString(StandardCharsets.UTF_8);
                try {
                    receive(this, decoded(text));
                } catch (MessageException e) {
                    synchronized (ProtocolClient.this) {
                        violations.add("malformed: " + text);
                    }
                }
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
            context.close();
            lost(this);
        }
    }
}
