package dev.videosession.server.internal.socket;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.limit.MessageThrottle;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the messages of one socket, applies rate limits, and hands the first message to {@link ConnectHandler} and those
 * of an established connection to its session. Belongs to the socket's loop.
 */
final class MessageReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(MessageReceiver.class);

    private final SocketContext context;
    private final SignalingSocket socket;
    private final MessageThrottle unconnected;
    private final ConnectHandler connectHandler;
    private final Dispatch dispatch = new Dispatch();
    private boolean asked;

    MessageReceiver(SocketContext context, SignalingSocket socket) {
        this.context = context;
        this.socket = socket;
        this.unconnected = new MessageThrottle(context.common().limits(), now());
        this.connectHandler = new ConnectHandler(context, socket, unconnected);
    }

    private long now() {
        return context.common().time().nanos();
    }

    /** Decodes a message and passes it on. */
    void receive(TextWebSocketFrame frame) {
        context.common().metrics().received(frame.content().readableBytes());
        ClientMessage message;
        try {
            message = context.common().codec().decodeClient(frame.text());
        } catch (MessageException e) {
            refuseUnreadable(e, frame.content().readableBytes());
            return;
        }
        message.accept(dispatch, frame);
    }

    /** Charges each message to the throttle and passes it on. */
    private final class Dispatch implements ClientMessage.Visitor<TextWebSocketFrame, Void> {
        @Override
        public Void onRequest(ClientMessage.Request message, TextWebSocketFrame frame) {
            boolean signal = message instanceof ClientMessage.Signal;
            MessageThrottle.Kind kind = signal ? MessageThrottle.Kind.SIGNAL : MessageThrottle.Kind.ORDINARY;
            if (isAllowed(message.id(), kind, frame)) {
                if (message instanceof ClientMessage.Opening opening) {
                    open(opening);
                } else {
                    toSession(message, message.id());
                }
            }
            return null;
        }

        private void open(ClientMessage.Opening message) {
            if (asked) {
                socket.reply(ServerMessage.Failed.of(
                        message.id(), ErrorCode.BADLY_FORMED, "This socket is connected already."));
                socket.expel(CloseCode.PROTOCOL_ERROR, ErrorCode.BADLY_FORMED, "connect or resume was sent twice.");
            } else {
                asked = true;
                connectHandler.handle(message);
            }
        }

        @Override
        public Void onLinkMessage(LinkMessage message, TextWebSocketFrame frame) {
            if (isAllowed(null, MessageThrottle.Kind.LINK, frame)) {
                toSession(message, null);
            }
            return null;
        }

        @Override
        public Void onDisconnect(ClientMessage.Disconnect message, TextWebSocketFrame frame) {
            if (!isAllowed(null, MessageThrottle.Kind.GOODBYE, frame)) {
                return null;
            }
            if (socket.binding() == null) {
                socket.leave();
            } else {
                toSession(message, null);
            }
            return null;
        }

        @Override
        public Void onHeartbeat(Heartbeat message, TextWebSocketFrame frame) {
            if (isAllowed(null, MessageThrottle.Kind.HEARTBEAT, frame)) {
                LOG.trace("event=heartbeat");
            }
            return null;
        }

        private boolean isAllowed(@Nullable Long id, MessageThrottle.Kind kind, TextWebSocketFrame frame) {
            return !isTooMuch(id, kind, frame.content().readableBytes());
        }

        private void toSession(ClientMessage message, @Nullable Long id) {
            SignalingSocket.Binding current = socket.binding();
            if (current == null) {
                refuseBeforeConnect(id);
            } else {
                current.session().receive(current.connection(), socket.outbox(), message);
            }
        }
    }

    /** A connection keeps its throttle over all of its sockets. */
    private MessageThrottle throttle() {
        SignalingSocket.Binding current = socket.binding();
        return current == null ? unconnected : current.connection().throttle();
    }

    /** Charges a ping or pong frame like a heartbeat. */
    boolean isControlFrameAllowed(WebSocketFrame frame) {
        return !isTooMuch(null, MessageThrottle.Kind.HEARTBEAT, frame.content().readableBytes());
    }

    private void refuseUnreadable(MessageException e, int length) {
        context.common().metrics().refused(e.code());
        if (e.code() == ErrorCode.NOT_SUPPORTED) {
            context.common().metrics().unknownType();
        }
        if (isTooMuch(e.id(), MessageThrottle.Kind.ORDINARY, length)) {
            LOG.trace("event=refusedForRate");
        } else if (e.code() == ErrorCode.BADLY_FORMED && !throttle().mayBeMalformed(now())) {
            socket.expel(CloseCode.PROTOCOL_ERROR, e.code(), "Too many malformed messages.");
        } else if (e.id() == null && !throttle().mayExplain(now())) {
            LOG.trace("event=invalidMessageDropped");
        } else {
            String text = e.getMessage();
            socket.reply(ServerMessage.Failed.of(e.id(), e.code(), text == null ? "unreadable" : text));
        }
    }

    private void refuseBeforeConnect(@Nullable Long id) {
        context.common().metrics().refused(ErrorCode.NOT_CONNECTED);
        String text = "Connect first, and wait for the answer.";
        socket.reply(ServerMessage.Failed.of(id, ErrorCode.NOT_CONNECTED, text));
        socket.outbox().finish(null, CloseCode.PROTOCOL_ERROR, text);
    }

    /** Answers a message beyond the rate: a request each time, any other message once until the client may send again. */
    private boolean isTooMuch(@Nullable Long id, MessageThrottle.Kind kind, int length) {
        MessageThrottle.ThrottleResult verdict = throttle().judge(kind, length, now());
        if (verdict.isAllowed()) {
            return false;
        }
        context.common().metrics().refused(ErrorCode.RATE_LIMIT_EXCEEDED);
        if (verdict instanceof MessageThrottle.Flood flood) {
            socket.expel(
                    CloseCode.FLOOD,
                    ErrorCode.RATE_LIMIT_EXCEEDED,
                    "Too many " + flood.what() + " in spite of warnings.");
        } else if (verdict instanceof MessageThrottle.TooMuch excess) {
            if (id != null || excess.first()) {
                socket.reply(ServerMessage.Failed.of(
                        id,
                        ErrorCode.RATE_LIMIT_EXCEEDED,
                        "Too many " + excess.what() + ". Slow down.",
                        excess.retryAfterMillis()));
            }
            if (excess.pause()) {
                socket.outbox().pauseReading(excess.retryAfterMillis());
            }
        }
        return true;
    }
}
