package dev.videosession.server;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many clients on one thread that read everything and look at the type of each message only. */
final class Crowd implements AutoCloseable {
    private static final byte[] CONNECTED = "{\"type\":\"connected\"".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_FRAME = 4 * 1024 * 1024;

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger connected = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicLong messages = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("crowd", true), NioIoHandler.newFactory());
    private final List<Channel> channels = new ArrayList<>();
    private final InetSocketAddress server;
    private final URI uri;

    Crowd(SignalingServer server) {
        this(server.address());
    }

    Crowd(InetSocketAddress server) {
        this.server = server;
        this.uri = URI.create("ws://127.0.0.1:" + server.getPort() + "/v1/signaling");
    }

    /** Opens sockets that have not said anything yet. */
    void gather(int count) {
        for (int i = 0; i < count; i++) {
            channels.add(new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline()
                                    .addLast(new HttpClientCodec())
                                    .addLast(new HttpObjectAggregator(64 * 1024))
                                    .addLast(new WebSocketClientProtocolHandler(
                                            WebSocketClientProtocolConfig.newBuilder()
                                                    .webSocketUri(uri)
                                                    .version(WebSocketVersion.V13)
                                                    .customHeaders(new DefaultHttpHeaders())
                                                    .maxFramePayloadLength(MAX_FRAME)
                                                    .withUTF8Validator(false)
                                                    .build()))
                                    .addLast(new Reader());
                        }
                    })
                    .connect(server)
                    .syncUninterruptibly()
                    .channel());
        }
    }

    void send(int client, String json) {
        Channel channel = channels.get(client);
        channel.writeAndFlush(new TextWebSocketFrame(json), channel.voidPromise());
    }

    /** Sends the same from every client. */
    void sendAll(String json) {
        for (int i = 0; i < channels.size(); i++) {
            send(i, json);
        }
    }

    private final class Reader extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                open.incrementAndGet();
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            ByteBuf content = frame.content();
            if (frame.isFinalFragment()) {
                messages.incrementAndGet();
            }
            bytes.addAndGet(content.readableBytes());
            if (startsWith(content, CONNECTED)) {
                connected.incrementAndGet();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed.incrementAndGet();
        }
    }

    private static boolean startsWith(ByteBuf content, byte[] prefix) {
        if (content.readableBytes() < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (content.getByte(content.readerIndex() + i) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
