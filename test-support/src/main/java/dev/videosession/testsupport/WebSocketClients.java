package dev.videosession.testsupport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Opens the sockets of many clients of a signaling server, all on one thread. A channel that is closed sends no close frame, as if its
 * client had died. Thread-safe.
 */
public final class WebSocketClients implements AutoCloseable {
    private static final int MAX_FRAME = 4 * 1024 * 1024;
    private static final int ADDRESSES = 50;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final InetSocketAddress server;
    private final URI uri;
    private final boolean answersCloseFrames;

    private WebSocketClients(InetSocketAddress server, String threadName, boolean answersCloseFrames) {
        this.group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory(threadName, true), NioIoHandler.newFactory());
        this.loop = group.next();
        this.server = server;
        this.uri = URI.create("ws://127.0.0.1:" + server.getPort() + "/v1/signaling");
        this.answersCloseFrames = answersCloseFrames;
    }

    /**
     * Creates clients whose close frames are answered for them.
     *
     * @param server the address of the server
     * @param threadName the name of the thread
     * @return clients without sockets
     */
    public static WebSocketClients of(InetSocketAddress server, String threadName) {
        return new WebSocketClients(server, threadName, true);
    }

    /**
     * Creates clients that receive close frames like any other frame.
     *
     * @param server the address of the server
     * @param threadName the name of the thread
     * @return clients without sockets
     */
    public static WebSocketClients withCloseFrames(InetSocketAddress server, String threadName) {
        return new WebSocketClients(server, threadName, false);
    }

    /** {@return the address of the server, as it announces it: {@code http://127.0.0.1:PORT}} */
    public String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** {@return the thread of all sockets} */
    public EventLoop loop() {
        return loop;
    }

    /**
     * Opens a socket.
     *
     * @param reader creates the handler of its frames
     * @return the connection attempt
     */
    public ChannelFuture open(Supplier<? extends ChannelHandler> reader) {
        return bootstrap(reader).connect(server);
    }

    /**
     * Opens a socket from one of fifty addresses of the loopback interface, so that limits for one address do not apply.
     *
     * @param client chooses the address
     * @param reader creates the handler of its frames
     * @return the connection attempt
     */
    public ChannelFuture open(int client, Supplier<? extends ChannelHandler> reader) {
        return bootstrap(reader).connect(server, new InetSocketAddress("127.0.0." + (2 + client % ADDRESSES), 0));
    }

    private Bootstrap bootstrap(Supplier<? extends ChannelHandler> reader) {
        return new Bootstrap().group(loop).channel(NioSocketChannel.class).handler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline()
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(64 * 1024))
                        .addLast(new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                                .webSocketUri(uri)
                                .version(WebSocketVersion.V13)
                                .maxFramePayloadLength(MAX_FRAME)
                                .handleCloseFrames(answersCloseFrames)
                                .sendCloseFrame(null) // a close frame says that the client leaves
                                .withUTF8Validator(false)
                                .build()))
                        .addLast(reader.get());
            }
        });
    }

    /** Closes all sockets. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
