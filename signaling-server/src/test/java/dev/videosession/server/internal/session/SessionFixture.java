package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.IceServer;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.log.HeldLogs;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.state.TokenPass;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session over a log that the test controls, in virtual time. Everything runs on the thread of the test. */
final class SessionFixture implements AutoCloseable {
    static final long RESUME_WINDOW_MILLIS = 10_000;

    private static final SessionId SESSION = new SessionId("session");
    private static final MessageCodec CODEC = new MessageCodec();
    private static final int SHORT_LENGTH = 125;
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

    final HeldLogs logs = new HeldLogs();
    private final MockTicker ticker = Ticker.newMockTicker();
    private final InstantSource wallClock = () -> START.plusNanos(ticker.nanoTime());
    private final TimeSource time = TimeSource.of(ticker::nanoTime, wallClock);
    private final ServerLimits limits = ServerLimits.builder().build();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    private final SessionRegistry registry;
    private long requests;

    SessionFixture() {
        this(IceConfiguration.NONE);
    }

    SessionFixture(IceConfiguration ice) {
        this(ice, SessionPolicy.LASTING);
    }

    SessionFixture(IceConfiguration ice, SessionPolicy policy) {
        ServerMetrics metrics = new ServerMetrics(new SimpleMeterRegistry());
        SessionContext context = new SessionContext(
                CODEC,
                limits,
                new Timings(5000, 60_000, RESUME_WINDOW_MILLIS),
                ice,
                time,
                metrics,
                id -> policy,
                new AdmissionGate(null, 1000, metrics),
                new EntryRate(limits, time.nanos()),
                (id, before, event) -> {},
                new RevokedTokens(time),
                new RefusalLog(time),
                new MemoryBudget(Long.MAX_VALUE, () -> 0),
                new ProjectLoad(limits),
                logs,
                null,
                NodeDirectory.NONE);
        registry = new SessionRegistry(context, newChannel().eventLoop());
    }

    private EmbeddedChannel newChannel() {
        EmbeddedChannel channel = EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(new ChannelInboundHandlerAdapter())
                .build();
        channels.add(channel);
        return channel;
    }

    private LiveSession session() {
        return registry.find(SESSION).orElseThrow();
    }

    /** Runs all tasks, and those that they cause. */
    void settle() {
        boolean found = true;
        while (found) {
            found = false;
            for (EmbeddedChannel channel : channels) {
                found |= channel.hasPendingTasks();
                channel.runPendingTasks();
            }
        }
    }

    /** Advances the clock in one step, as for a process that was suspended, and runs the timers that are due. */
    void advance(long millis) {
        ticker.advance(millis, TimeUnit.MILLISECONDS);
        channels.forEach(EmbeddedChannel::runScheduledPendingTasks);
        settle();
    }

    /** Completes the append that is under way, and every append that follows it. */
    void releaseAll() {
        while (logs.waiting() != null) {
            logs.release();
            settle();
        }
    }

    SessionSnapshot snapshot() {
        CompletableFuture<SessionSnapshot> snapshot = session().backend().snapshot();
        settle();
        return snapshot.join();
    }

    /** {@return the wall clock} */
    Instant now() {
        return wallClock.instant();
    }

    /** {@return whether the session waits for a time} */
    boolean hasTimers() {
        return channels.get(0).runScheduledPendingTasks() != -1;
    }

    /** Joins the session and returns the client, whose messages so far are taken. */
    Client join(String name) {
        return join(name, null);
    }

    /** Joins the session with a client that announces features. */
    Client join(String name, @Nullable List<String> features) {
        ClientConnection connection = new ClientConnection(
                new ConnectionInfo(new ConnectionId(name), 0, "", Role.MODERATOR),
                new TokenPass(name, Long.MAX_VALUE),
                true,
                features,
                new MessageThrottle(limits, time.nanos()),
                new ClientAddress(InetAddress.getLoopbackAddress(), 1));
        Client client = new Client(connection);
        registry.retain(SESSION)
                .enter(
                        connection,
                        client,
                        new ClientMessage.Connect(
                                ++requests, MessageCodec.PROTOCOL_VERSION, SESSION, "token", null, null, null));
        settle();
        releaseAll();
        ServerMessage.Connected connected = client.only(ServerMessage.Connected.class);
        client.key = connected.resumeKey();
        client.iceServers = connected.iceServers();
        return client;
    }

    @Override
    public void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    /** A client's connection as one of its sockets sees it. */
    final class Client implements ClientSocket {
        private final ClientConnection connection;
        private final EmbeddedChannel channel = newChannel();
        private final Outbox outbox;
        private String key = "";
        List<IceServer> iceServers = List.of();

        Client(ClientConnection connection) {
            this.connection = connection;
            this.outbox = new Outbox(channel.pipeline().firstContext(), 1000, 1_000_000, time, () -> {});
        }

        ConnectionId id() {
            return connection.id();
        }

        void send(ClientMessage message) {
            session().receive(connection, outbox, message);
            settle();
        }

        void loseSocket() {
            session().lost(connection, outbox, DisconnectDetail.SOCKET_LOST);
            settle();
        }

        /** {@return the client with a new socket, on which it has asked to resume} */
        Client resume(long sequence) {
            Client next = new Client(connection);
            session()
                    .resume(
                            next,
                            new ClientMessage.Resume(
                                    ++requests, MessageCodec.PROTOCOL_VERSION, SESSION, id(), key, sequence));
            settle();
            return next;
        }

        /** {@return the messages since the last call} */
        List<ServerMessage> take() {
            List<ServerMessage> received = new ArrayList<>();
            for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                if (out instanceof ByteBuf frame) {
                    received.add(decode(frame));
                } else {
                    assertThat(out).isInstanceOf(CloseWebSocketFrame.class);
                }
                ReferenceCountUtil.release(out);
            }
            return received;
        }

        /** {@return the types of the messages since the last call} */
        List<String> takeTypes() {
            return take().stream()
                    .map(message -> message.getClass().getSimpleName())
                    .toList();
        }

        /** {@return the only message of a type since the last call} */
        <T extends ServerMessage> T only(Class<T> type) {
            List<T> found =
                    take().stream().filter(type::isInstance).map(type::cast).toList();
            assertThat(found).as(type.getSimpleName()).hasSize(1);
            return found.get(0);
        }

        @Override
        public ClientAddress address() {
            return connection.address();
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public boolean hasLeft() {
            return false;
        }

        @Override
        public void established(LiveSession session, ClientConnection established) {
            assertThat(established).isSameAs(connection);
        }
    }

    /** Reads a text frame of at most 65535 bytes, the longest that these clients get. */
    static ServerMessage decode(ByteBuf frame) {
        frame.skipBytes(1);
        int length = frame.readUnsignedByte();
        frame.skipBytes(length <= SHORT_LENGTH ? 0 : Short.BYTES);
        try {
            return CODEC.decodeServer(frame.toString(StandardCharsets.UTF_8));
        } catch (MessageException e) {
            throw new AssertionError(e);
        }
    }
}
