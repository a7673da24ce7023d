package dev.videosession.app.faults;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.testsupport.WebSocketClients;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Many clients on one thread that do what the SDK does when the server is lost: they come back after random waits, resume,
 * and connect again when the server no longer knows them. They count the clients that they know.
 */
final class Crowd implements AutoCloseable {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final long FIRST_WAIT_MILLIS = 200;
    private static final long LAST_WAIT_MILLIS = 4_000;
    private static final String CONNECTION_ID = "\"connectionId\":\"";
    private static final String RESUME_KEY = "\"resumeKey\":\"";

    private final WebSocketClients sockets;
    private final Random random = new Random(1);
    private final SessionId session;
    private final String token;
    private final int size;
    private final AtomicInteger complete = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Crowd(URI server, SessionId session, String token, int size) {
        this.sockets = WebSocketClients.of(new InetSocketAddress(server.getHost(), server.getPort()), "crowd");
        this.session = session;
        this.token = token;
        this.size = size;
    }

    /** All clients connect, each after a random delay. */
    void gather() {
        IntStream.range(0, size).mapToObj(Member::new).forEach(Member::comeLater);
    }

    /** The number of clients that have the whole roster. */
    int complete() {
        return complete.get();
    }

    /** Number of clients whose resume was refused because the server does not know them. */
    int unknown() {
        return unknown.get();
    }

    private final class Member extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final int number;
        private long wait = FIRST_WAIT_MILLIS;
        private String connection;
        private String resumeKey;
        private int known;

        Member(int number) {
            this.number = number;
        }

        @Override
        public boolean isSharable() {
            return true; // one socket after the other
        }

        void comeLater() {
            forget();
            sockets.loop().schedule(this::come, random.nextLong(wait + 1), TimeUnit.MILLISECONDS);
            wait = Math.min(2 * wait, LAST_WAIT_MILLIS);
        }

        private void come() {
            sockets.open(number, () -> this).addListener(done -> {
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
            if (!sockets.loop().isShuttingDown()) {
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
        sockets.close();
    }
}
