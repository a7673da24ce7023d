package dev.videosession.server;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Heartbeat;
import dev.videosession.protocol.MessageException;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.SessionId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that does what PROTOCOL.md asks of one that lost its server: after a random time, whose bound grows, it resumes;
 * when it hears that there is nothing to resume, it connects anew; it waits as long as it is told to. Belongs to the
 * crowd's loop.
 */
final class ReturningClient {
    private static final long FIRST_BOUND_MILLIS = 250;
    private static final long LAST_BOUND_MILLIS = 4000;
    private static final int HEAD = 600;
    private static final Pattern OWN = Pattern.compile("\"connection\":\\{\"connectionId\":\"([^\"]+)\"");
    private static final Pattern KEY = Pattern.compile("\"resumeKey\":\"([^\"]+)\"");

    private final ReturningCrowd crowd;
    private final SessionId session;
    private final String token;
    private Channel channel;
    private ConnectionId connection;
    private String resumeKey;
    private int attempts;
    private long toldToWaitMillis;

    ReturningClient(ReturningCrowd crowd, SessionId session, String token) {
        this.crowd = crowd;
        this.session = session;
        this.token = token;
    }

    void come() {
        crowd.open(this).addListener(done -> {
            if (!done.isSuccess()) {
                crowd.refusedSockets.incrementAndGet();
                comeLater();
            }
        });
    }

    void comeLater() {
        if (crowd.isHeld()) {
            return;
        }
        long bound = Math.min(LAST_BOUND_MILLIS, FIRST_BOUND_MILLIS << Math.min(attempts++, 10));
        long wait = toldToWaitMillis + crowd.random.nextLong(bound);
        toldToWaitMillis = 0;
        crowd.loop.schedule(this::come, wait, TimeUnit.MILLISECONDS);
    }

    /** Loses the socket without a goodbye. */
    void lose() {
        if (channel != null) {
            channel.close();
        }
    }

    SimpleChannelInboundHandler<WebSocketFrame> newReader() {
        return new Reader();
    }

    private final class Reader extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                channel = context.channel();
                ClientMessage first = connection == null
                        ? new ClientMessage.Connect(1, 1, session, token, "crowd/1", null)
                        : new ClientMessage.Resume(2, 1, session, connection, resumeKey, 1);
                channel.writeAndFlush(new TextWebSocketFrame(TestClient.CODEC.encodeClient(first)));
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) throws MessageException {
            if (frame instanceof CloseWebSocketFrame close) {
                crowd.closes.merge(
                        CloseCode.of(close.statusCode()).map(Enum::name).orElse("unknown"), 1, Integer::sum);
            } else if (frame instanceof TextWebSocketFrame) {
                read(frame.content());
            }
        }

        private void read(ByteBuf content) throws MessageException {
            String head = content.toString(
                    content.readerIndex(), Math.min(HEAD, content.readableBytes()), StandardCharsets.UTF_8);
            if (head.startsWith("{\"type\":\"connectionCreated\"")) {
                crowd.arrivals.incrementAndGet();
            } else if (head.startsWith("{\"type\":\"connected\"")) {
                connection = new ConnectionId(find(OWN, head));
                resumeKey = find(KEY, head);
                attempts = 0;
                crowd.entered();
                staySaying(TestClient.CODEC.encodeClient(new Heartbeat()));
            } else if (head.startsWith("{\"type\":\"error\"")) {
                refused((ServerMessage.Failed) TestClient.CODEC.decodeServer(content.toString(StandardCharsets.UTF_8)));
            }
        }

        private void staySaying(String heartbeat) {
            Channel here = channel;
            Future<?> beat = crowd.loop.scheduleAtFixedRate(
                    () -> here.writeAndFlush(new TextWebSocketFrame(heartbeat)), 3, 3, TimeUnit.SECONDS);
            here.closeFuture().addListener(closed -> beat.cancel(false));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            channel = null;
            comeLater();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private void refused(ServerMessage.Failed failed) {
        crowd.refusals.merge(failed.name(), 1, Integer::sum);
        if (failed.name().equals(ErrorCode.UNKNOWN_RESUME.errorName())) {
            connection = null;
            attempts = 0;
        } else if (failed.retryAfterMillis() != null) {
            toldToWaitMillis = failed.retryAfterMillis();
        }
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(text);
        }
        return matcher.group(1);
    }
}
