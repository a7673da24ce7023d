package dev.videosession.app.faults;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import io.netty.bootstrap.Bootstrap;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many clients on one thread that do what the SDK does when the server is lost: they come back after random waits, resume,
 * and enter anew when the server knows them no longer. They count whom they know.
 */
final class Crowd implements AutoCloseable {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final int MAX_FRAME = 4 * 1024 * 1024;
    private static final int ADDRESSES = 50; // a crowd does not come from one machine
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LAST_WAIT_MILLIS = 4_000;
    private static final String CONNECTION_ID = "\"connectionId\":\"";
    private static final String RESUME_KEY = "\"resumeKey\":\"";

    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("crowd", true), NioIoHandler.newFactory());
    private final Random random = new Random(1);
    private final InetSocketAddress server;
    private final URI uri;
    private final SessionId session;
    private final String token;
    private final int size;
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Crowd(URI server, SessionId session, String token, int size) {
        this.server = new InetSocketAddress(server.getHost(), server.getPort());
        this.uri = URI.create("ws://127.0.0.1:" + server.getPort() + "/v1/signaling");
        this.session = session;
        this.token = token;
        this.size = size;
    }

    /** Everybody comes, after a random wait each. */
    void gather() {
        IntStream.range(0, size).mapToObj(Member::new).forEach(Member::comeLater);
    }

    /** How many know of everybody. */
    int complete() {
        return complete.get();
    }

    /** How many were told that the server does not know them. */
    int unknown() {
        return unknown.get();
    }

    private final class Member extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final InetSocketAddress from;
        private long wait = FIRST_WAIT_MILLIS;
        private String connection;
        private String resumeKey;
        private int known;

        Member(int number) {
            from = new InetSocketAddress("127.0.0." + (1 + number % ADDRESSES), 0);
        }

        @Override
        public boolean isSharable() {
            return true; // one socket after the other
        }

        void comeLater() {
            forget();
            loop.schedule(this::come, random.nextLong(wait + 1), TimeUnit.MILLISECONDS);
            wait = Math.min(2 * wait, LAST_WAIT_MILLIS);
        }

        private void come() {
            new Bootstrap()
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
                                    .addLast(Member.this);
                        }
                    })
                    .connect(server, from)
                    .addListener(done -> {
                        if (!done.isSuccess()) {
                            comeLater();
                        }
                    });
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                send(
                        context,
                        resumeKey == null
                                ? new ClientMessage.Connect(
                                        1, MessageCodec.PROTOCOL_VERSION, session, token, "crowd/1", null)
                                : new ClientMessage.Resume(
                                        1,
                                        MessageCodec.PROTOCOL_VERSION,
                                        session,
                                        new ConnectionId(connection),
                                        resumeKey,
                                        1));
                beat(context);
            }
        }

        private void beat(ChannelHandlerContext context) {
            context.executor()
                    .schedule(
                            () -> {
                                if (context.channel().isActive()) {
                                    if (known > 0) {
                                        send(context, new Heartbeat());
                                    }
                                    beat(context);
                                }
                            },
                            2_500,
                            TimeUnit.MILLISECONDS);
        }

        private void send(ChannelHandlerContext context, ClientMessage message) {
            context.writeAndFlush(new TextWebSocketFrame(CODEC.encodeClient(message)), context.voidPromise());
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            String text = frame.content().toString(StandardCharsets.ISO_8859_1);
            if (text.startsWith("{\"type\":\"connected\"")) {
                connection = after(text, CONNECTION_ID);
                resumeKey = after(text, RESUME_KEY);
                wait = FIRST_WAIT_MILLIS;
                know(count(text) - 1); // the own one is there twice
            } else if (text.startsWith("{\"type\":\"connectionCreated\"") && !text.contains(connection)) {
                know(1);
            } else if (text.contains("OT_UNKNOWN_RESUME")) {
                unknown.incrementAndGet();
                resumeKey = null;
                wait = FIRST_WAIT_MILLIS;
            }
        }

        private void know(int more) {
            known += more;
            if (known == size && known - more < size) {
                complete.incrementAndGet();
            }
        }

        private void forget() {
            if (known >= size) {
                complete.decrementAndGet();
            }
            known = 0;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (!loop.isShuttingDown()) {
                comeLater();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private static String after(String text, String name) {
        int start = text.indexOf(name) + name.length();
        return text.substring(start, text.indexOf('"', start));
    }

    private static int count(String text) {
        int count = 0;
        for (int at = text.indexOf(CONNECTION_ID); at >= 0; at = text.indexOf(CONNECTION_ID, at + 1)) {
            count++;
        }
        return count;
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
