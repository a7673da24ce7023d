package dev.videosession.server.internal.socket;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.session.ClientSocket;
import dev.videosession.server.internal.session.LiveSession;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One WebSocket: its life from the handshake to the close frame, and the connection that it belongs to. */
final class SignalingSocket extends SimpleChannelInboundHandler<WebSocketFrame>
        implements ClientSocket, HeartbeatMonitor.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(SignalingSocket.class);

    /** The last close code that RFC 6455 permits. */
    private static final int LAST_STATUS = 4999;
    /** Netty's message about a close frame with half a status: a broken frame, not broken text. */
    private static final String SHORT_CLOSE = "Invalid close frame body";

    private final SocketContext context;
    private final SocketOrigin origin;
    private final MessageReceiver receiver;
    private @Nullable Outbox outbox;
    private @Nullable HeartbeatMonitor heartbeats;
    private volatile @Nullable Binding binding;
    private volatile boolean leaving;

    /** The session and the connection that a socket belongs to. */
    record Binding(LiveSession session, ClientConnection connection) {}

    SignalingSocket(SocketContext context, SocketOrigin origin) {
        this.context = context;
        this.origin = origin;
        this.receiver = new MessageReceiver(context, this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        Outbox box = new Outbox(
                added,
                context.common().limits().outboxMessages(),
                context.common().limits().outboxBytes(),
                context.common().time(),
                this::overflowed);
        outbox = box;
        context.common().memory().add(box);
        HeartbeatMonitor monitor = new HeartbeatMonitor(
                box, context.common().time(), context.common().timings(), context.handshakeMillis(), this);
        heartbeats = monitor;
        added.pipeline().addFirst("activity", monitor.byteRecorder()); // before bytes are put together
        added.pipeline().addFirst("closing", new ClosingFilter(box));
        monitor.start(added.executor());
    }

    @Override
    public ClientAddress address() {
        return origin.client();
    }

    @Override
    public Outbox outbox() {
        Outbox box = outbox;
        if (box == null) {
            throw new IllegalStateException("not yet in a pipeline");
        }
        return box;
    }

    @Override
    public boolean hasLeft() {
        return leaving;
    }

    SocketOrigin origin() {
        return origin;
    }

    /** {@return what the socket belongs to, or null before it is connected} */
    @Nullable
    Binding binding() {
        return binding;
    }

    /** The client disconnects before it is connected. It is not admitted, or its connection ends as soon as it is established. */
    void leave() {
        leaving = true;
        outbox().finish(null, CloseCode.NORMAL, "left");
    }

    /** Runs a task on the socket's loop, unless the socket ends before. */
    void whileOpen(Runnable task) {
        try {
            outbox().loop().execute(() -> {
                if (outbox().isOpen()) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("event=taskDiscarded cause=shutdown");
        }
    }

    @Override
    public void established(LiveSession session, ClientConnection connection) {
        binding = new Binding(session, connection);
        origin.pass().authenticated();
        outbox().loop().execute(() -> {
            if (leaving) {
                endLeft(new Binding(session, connection));
            } else if (!outbox().isOpen()) {
                session.lost(connection, outbox(), DisconnectDetail.SOCKET_LOST);
            } else if (heartbeats != null) {
                heartbeats.established();
            }
        });
    }

    private void endLeft(Binding of) {
        of.session.end(of.connection, outbox(), DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    protected void channelRead0(ChannelHandlerContext current, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame close) {
            closedByClient(current, close);
        } else if (outbox().isClosing()) {
            LOG.trace("event=ignoredAfterClose");
        } else if (frame instanceof TextWebSocketFrame text) {
            receiver.receive(text);
        } else if (frame instanceof BinaryWebSocketFrame) {
            expel(CloseCode.BINARY, ErrorCode.BADLY_FORMED, "Messages must be text.");
        } else if (!receiver.isControlFrameAllowed(frame)) {
            LOG.trace("event=controlFrameIgnored");
        } else if (frame instanceof PingWebSocketFrame ping) {
            current.writeAndFlush(new PongWebSocketFrame(ping.content().retain()), current.voidPromise());
        }
    }

    void reply(ServerMessage message) {
        outbox().writeNow(context.common().codec().encodeServerBytes(message));
    }

    /** Closes the socket and ends its connection because the client broke the protocol. */
    void expel(CloseCode code, ErrorCode error, String text) {
        Binding current = binding;
        ServerMessage last = current == null
                ? ServerMessage.Failed.of(null, error, text)
                : new ServerMessage.Disconnected(DisconnectReason.FORCE_DISCONNECTED, code.detail(), text);
        context.common()
                .refusals()
                .info(
                        LOG,
                        "expelled",
                        "code={} connection={} address={}",
                        code,
                        current == null ? null : current.connection.id(),
                        origin.client());
        outbox().finish(context.common().codec().encodeServerBytes(last), code, text);
        if (current != null) {
            current.session.end(
                    current.connection, outbox(), DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.PROTOCOL_ERROR);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    private void closedByClient(ChannelHandlerContext current, CloseWebSocketFrame close) {
        int status = close.statusCode();
        // after a close frame of the server it is only the answer to that
        boolean goodbye = !outbox().isClosing()
                && (status == WebSocketCloseStatus.NORMAL_CLOSURE.code()
                        || status == WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code());
        Binding taken = binding;
        if (goodbye) {
            if (taken == null) {
                leaving = true;
            } else {
                endLeft(taken);
            }
        }
        if (status > LAST_STATUS) {
            expel(CloseCode.BROKEN_FRAME, ErrorCode.BADLY_FORMED, "The close code " + status + " does not exist.");
        } else {
            outbox().echoClose(status);
        }
        current.close();
    }

    @Override
    public void timedOut() {
        context.common().metrics().refused(ErrorCode.CONNECT_TIMEOUT);
        expel(CloseCode.CONNECT_TIMEOUT, ErrorCode.CONNECT_TIMEOUT, "No connection was established in time.");
    }

    @Override
    public void silent() {
        outbox().finish(null, CloseCode.SILENT, "silent");
        lost(DisconnectDetail.SILENT);
    }

    private void overflowed() {
        context.common().metrics().outboxOverflow();
        lost(DisconnectDetail.SLOW_CONSUMER);
    }

    private void lost(DisconnectDetail detail) {
        Binding current = binding;
        if (current != null && leaving) {
            endLeft(current);
        } else if (current != null) {
            current.session.lost(current.connection, outbox(), detail);
        }
    }

    void drain(long retryAfterMillis, @Nullable List<String> nodes) {
        ServerMessage draining = new ServerMessage.Draining(retryAfterMillis, nodes);
        outbox().finish(context.common().codec().encodeServerBytes(draining), CloseCode.GOING_AWAY, "server-shutdown");
    }

    /** Sends a message if the connection is established. */
    void announce(byte[] utf8) {
        if (binding != null && !outbox().isClosing()) {
            outbox().writeNow(utf8);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext current) {
        if (heartbeats != null) {
            heartbeats.stop();
        }
        context.common().memory().remove(outbox());
        outbox().writabilityChanged();
        lost(DisconnectDetail.SOCKET_LOST);
        current.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext current) {
        outbox().writabilityChanged();
        current.fireChannelWritabilityChanged();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    public void exceptionCaught(ChannelHandlerContext current, Throwable cause) {
        OutOfMemory.check(cause);
        if (cause instanceof MessageAssembler.SlowMessageException) {
            expel(CloseCode.PROTOCOL_ERROR, ErrorCode.BADLY_FORMED, String.valueOf(cause.getMessage()));
        } else if (cause instanceof TooLongFrameException) {
            expel(CloseCode.TOO_BIG, ErrorCode.BADLY_FORMED, "The message is too long.");
        } else if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            context.common()
                    .refusals()
                    .info(LOG, "brokenFrame", "address={} cause=\"{}\"", origin.client(), corrupted.getMessage());
            broken(corrupted);
        } else {
            failed(current, cause);
        }
    }

    private void broken(CorruptedWebSocketFrameException corrupted) {
        int status = corrupted.closeStatus().code();
        if (status == WebSocketCloseStatus.MESSAGE_TOO_BIG.code()) {
            expel(CloseCode.TOO_BIG, ErrorCode.BADLY_FORMED, "The message is too long.");
        } else if (status == WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code()
                && !SHORT_CLOSE.equals(corrupted.getMessage())) {
            expel(CloseCode.INVALID_TEXT, ErrorCode.BADLY_FORMED, "Text must be UTF-8.");
        } else {
            expel(CloseCode.BROKEN_FRAME, ErrorCode.BADLY_FORMED, "This is not a WebSocket conversation.");
        }
    }

    private void failed(ChannelHandlerContext current, Throwable cause) {
        if (cause instanceof IOException || cause instanceof CodecException) {
            LOG.debug("event=socketFailed", cause);
            current.close();
        } else {
            LOG.error("event=socketFailed", cause);
            outbox().finish(null, CloseCode.INTERNAL_ERROR, "The server failed.");
            lost(DisconnectDetail.SOCKET_LOST);
        }
    }
}
