package dev.videosession.server;

import dev.videosession.protocol.SessionId;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Many clients on one thread that come back by themselves, from fifty addresses of the loopback interface. */
final class ReturningCrowd implements AutoCloseable {
    private static final int ADDRESSES = 50;
    private static final int MAX_FRAME = 4 * 1024 * 1024;

    final EventLoop loop;
    final Random random = new Random();
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger refusedSockets = new AtomicInteger();
    final AtomicLong arrivals = new AtomicLong();
    final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    final Map<String, Integer> closes = new ConcurrentHashMap<>();
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("returning", true), NioIoHandler.newFactory());
    private final List<ReturningClient> clients = new ArrayList<>();
    private final InetSocketAddress server;
    private final URI uri;
    private volatile boolean held;
    private int opened;

    ReturningCrowd(SignalingServer server, int count, Function<Integer, SessionId> sessions, TokenMaker tokens) {
        this(server.address(), count, sessions, tokens);
    }

    ReturningCrowd(InetSocketAddress server, int count, Function<Integer, SessionId> sessions, TokenMaker tokens) {
        this.server = server;
        this.uri = URI.create("ws://127.0.0.1:" + server.getPort() + "/v1/signaling");
        this.loop = group.next();
        for (int i = 0; i < count; i++) {
            SessionId session = sessions.apply(i);
            clients.add(new ReturningClient(this, session, tokens.make(session)));
        }
        loop.execute(() -> clients.forEach(ReturningClient::come));
    }

    /** Makes a token for a session. */
    @FunctionalInterface
    interface TokenMaker {
        String make(SessionId session);
    }

    ChannelFuture open(ReturningClient client) {
        InetSocketAddress from = new InetSocketAddress("127.0.0." + (2 + opened++ % ADDRESSES), 0);
        return new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(64 * 1024))
                                .addLast(new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                                        .webSocketUri(uri)
                                        .version(WebSocketVersion.V13)
                                        .maxFramePayloadLength(MAX_FRAME)
                                        .handleCloseFrames(false)
                                        .withUTF8Validator(false)
                                        .build()))
                                .addLast(client.newReader());
                    }
                })
                .connect(server, from);
    }

    void entered() {
        entered.incrementAndGet();
    }

    boolean isHeld() {
        return held;
    }

    /** All sockets break at once, and nobody tries to come back until {@link #release()}. */
    void breakSockets() {
        held = true;
        loop.submit(() -> clients.forEach(ReturningClient::lose)).syncUninterruptibly();
        entered.set(0);
        arrivals.set(0);
        refusals.clear();
        closes.clear();
    }

    /** Everybody notices the loss now. */
    void release() {
        held = false;
        loop.execute(() -> clients.forEach(ReturningClient::comeLater));
    }

    @Override
    public void close() {
        held = true;
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
