package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.cluster.VirtualMembership;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.log.RedisMetrics;
import dev.videosession.server.internal.redis.log.RedisSessionLogs;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import dev.videosession.server.internal.redis.simulated.SimulatedLink;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.internal.router.FakeRouter;
import dev.videosession.server.internal.router.RouterPool;
import dev.videosession.server.internal.state.TokenPass;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.project.SessionIds;
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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Nodes of one routed session that share a simulated Redis, in virtual time. Each has a media router. Everything runs on the thread of
 * the test.
 */
final class SharedNodes implements AutoCloseable {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final Instant START = Instant.ofEpochSecond(1_800_000_000);
    private static final int STEP_MILLIS = 5;
    private static final int SETTLING_MILLIS = 100;

    private final SessionId session;
    private final MockTicker ticker = Ticker.newMockTicker();
    private final TimeSource time = TimeSource.of(ticker::nanoTime, () -> START.plusNanos(ticker.nanoTime()));
    private final ServerLimits limits = ServerLimits.builder().build();
    private final List<EmbeddedChannel> channels = new ArrayList<>();
    final SimulatedRedis redis =
            new SimulatedRedis(() -> START.toEpochMilli() + TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime()));
    private final boolean leased;
    private long requests;

    /**
     * Without nodes.
     *
     * @param relayed whether the session has no router
     * @param leased whether the nodes have leases, so that they know of each other
     */
    SharedNodes(boolean relayed, boolean leased) {
        this.leased = leased;
        session = new SessionIds(Clock.systemUTC()).create(100, relayed);
    }

    private EmbeddedChannel newChannel() {
        EmbeddedChannel channel = EmbeddedChannel.builder()
                .ticker(ticker)
                .handlers(new ChannelInboundHandlerAdapter())
                .build();
        channels.add(channel);
        return channel;
    }

    /** Lets time pass. */
    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += STEP_MILLIS) {
            ticker.advance(STEP_MILLIS, TimeUnit.MILLISECONDS);
            boolean found = true;
            while (found) {
                found = false;
                for (EmbeddedChannel channel : List.copyOf(channels)) {
                    channel.runScheduledPendingTasks();
                    found |= channel.hasPendingTasks();
                    channel.runPendingTasks();
                }
            }
        }
    }

    /** Until every request has its answer. */
    void settle() {
        pass(SETTLING_MILLIS);
    }

    @Override
    public void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
    }

    /** One node. */
    final class Node {
        final FakeRouter router = new FakeRouter("router");
        final NodeEpoch epoch = new NodeEpoch();
        final SimulatedLink link;
        private final ProjectLoad load = new ProjectLoad(limits);
        private final SessionRegistry registry;

        Node() {
            EmbeddedChannel loop = newChannel();
            SimulatedLink.Timer timer = (task, millis) -> {
                var unused = loop.eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
            };
            link = new SimulatedLink(redis, new Random(1), timer, timer);
            ServerMetrics metrics = new ServerMetrics(new SimpleMeterRegistry());
            RedisSessionLogs logs = new RedisSessionLogs(
                    link, epoch, leased, CODEC, 1000, time, new RedisMetrics(new SimpleMeterRegistry()));
            VirtualMembership membership = new VirtualMembership(
                    link, epoch, time, loop.eventLoop(), session, () -> fail("a node has lost its lease"));
            registry = new SessionRegistry(
                    new SessionContext(
                            CODEC,
                            limits,
                            new Timings(5000, 60_000, SessionFixture.RESUME_WINDOW_MILLIS),
                            IceConfiguration.NONE,
                            time,
                            metrics,
                            id -> SessionPolicy.LASTING,
                            new AdmissionGate(null, 1000, metrics),
                            new EntryRate(limits, time.nanos()),
                            (id, before, event) -> {},
                            new RevokedTokens(time),
                            new RefusalLog(time),
                            new MemoryBudget(Long.MAX_VALUE, () -> 0),
                            load,
                            logs,
                            new RouterPool(List.of(router), limits),
                            leased ? membership : NodeDirectory.NONE),
                    loop.eventLoop());
            if (leased) {
                membership.join(registry);
            }
            settle();
        }

        private LiveSession open() {
            return registry.find(session).orElseThrow();
        }

        /** {@return whether it has a copy of the session} */
        boolean hasCopy() {
            return registry.ids().contains(session);
        }

        /** {@return whether Redis keeps the number of its last step} */
        boolean hasStep() {
            return redis.field(SessionKeys.of(session).nodes(), Long.toString(epoch.current())) != null;
        }

        Client join(String name) {
            Client client = entering(name);
            settle();
            client.key = client.only(ServerMessage.Connected.class).resumeKey();
            return client;
        }

        /** {@return a client that asks to join, as soon as time passes} */
        Client entering(String name) {
            ClientConnection connection = new ClientConnection(
                    new ConnectionInfo(new ConnectionId(name), 0, "", Role.MODERATOR),
                    new TokenPass(name, Long.MAX_VALUE),
                    true,
                    null,
                    new MessageThrottle(limits, time.nanos()),
                    Client.ADDRESS);
            Client client = new Client(this, connection.id());
            registry.retain(session)
                    .enter(
                            connection,
                            client,
                            new ClientMessage.Connect(
                                    ++requests, MessageCodec.PROTOCOL_VERSION, session, "token", null, null, null));
            return client;
        }

        /** {@return the client with a socket at this node, over which it has resumed} */
        Client resume(Client client) {
            Client next = resuming(client);
            settle();
            next.key = next.only(ServerMessage.Resumed.class).resumeKey();
            return next;
        }

        /** {@return the client with a socket at this node, over which it asks to resume as soon as time passes} */
        Client resuming(Client client) {
            Client next = new Client(this, client.id);
            open().resume(
                            next,
                            new ClientMessage.Resume(
                                    ++requests, MessageCodec.PROTOCOL_VERSION, session, client.id, client.key, 0));
            return next;
        }

        /** {@return whether Redis names this node as the owner of a client's connection} */
        boolean owns(Client client) {
            byte[] record = redis.field(SessionKeys.of(session).connections(), client.id.value());
            return record != null && new String(record, StandardCharsets.UTF_8).startsWith(epoch.current() + " ");
        }

        /** {@return how many connections this node counts} */
        int connections() {
            return load.counts().values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** One socket of a client. */
    final class Client implements ClientSocket {
        private static final ClientAddress ADDRESS = new ClientAddress(InetAddress.getLoopbackAddress(), 1);

        final ConnectionId id;
        private final Node node;
        private final EmbeddedChannel channel = newChannel();
        private final Outbox outbox = new Outbox(channel.pipeline().firstContext(), 1000, 1_000_000, time, () -> {});
        private final List<ServerMessage> received = new ArrayList<>();
        private @Nullable ClientConnection connection;
        private @Nullable Integer closeCode;
        private boolean left;
        private String key = "";

        private Client(Node node, ConnectionId id) {
            this.node = node;
            this.id = id;
        }

        /** Closes the socket without a word. Its node notices when time passes. */
        void close() {
            channel.close();
        }

        /** Asks to leave, and closes the socket. */
        void leave() {
            left = true;
            channel.close();
        }

        /** Sends a message, and lets it have its consequences. */
        void send(ClientMessage message) {
            node.open().receive(connection, outbox, message);
            settle();
        }

        /** Its process ends. */
        void loseSocket() {
            node.open().lost(connection, outbox, DisconnectDetail.SOCKET_LOST);
        }

        StreamInfo publish() {
            send(new ClientMessage.Publish(++requests, "camera", true, true, null, null));
            return last(ServerMessage.Published.class).stream();
        }

        void unpublish() {
            send(new ClientMessage.Unpublish(
                    ++requests, last(ServerMessage.Published.class).stream().streamId(), null));
        }

        ServerMessage.Subscribed subscribe(StreamInfo stream) {
            send(new ClientMessage.Subscribe(++requests, stream.streamId(), Subscription.EVERYTHING));
            return last(ServerMessage.Subscribed.class);
        }

        /** Sends a request, and lets the node lose its way to Redis when the request is carried out. */
        void sendUncertain(ClientMessage.Request request) {
            node.link.onAppend(count -> {
                node.link.onAppend(later -> {});
                node.link.cut(true);
            });
            send(request);
        }

        long nextRequest() {
            return ++requests;
        }

        void signal(String data) {
            send(new ClientMessage.Signal(++requests, "chat", data, null));
        }

        private void read() {
            for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                if (out instanceof ByteBuf frame) {
                    received.add(SessionFixture.decode(frame));
                } else {
                    closeCode = ((CloseWebSocketFrame) out).statusCode();
                }
                ReferenceCountUtil.release(out);
            }
        }

        /** {@return the messages of a type so far} */
        <T extends ServerMessage> List<T> all(Class<T> type) {
            read();
            return received.stream().filter(type::isInstance).map(type::cast).toList();
        }

        <T extends ServerMessage> T only(Class<T> type) {
            assertThat(all(type))
                    .as("%s among %s", type.getSimpleName(), received)
                    .hasSize(1);
            return all(type).get(0);
        }

        <T extends ServerMessage> T last(Class<T> type) {
            List<T> all = all(type);
            assertThat(all).as("%s among %s", type.getSimpleName(), received).isNotEmpty();
            return all.get(all.size() - 1);
        }

        /** {@return the code with which the server has closed the socket, or null} */
        @Nullable
        Integer closeCode() {
            read();
            return closeCode;
        }

        @Override
        public ClientAddress address() {
            return ADDRESS;
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public boolean hasLeft() {
            return left;
        }

        @Override
        public void established(LiveSession live, ClientConnection established) {
            connection = established;
            if (left) {
                live.end(established, outbox, DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT);
            }
        }
    }
}
