package dev.videosession.app.cluster;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.testsupport.WebSocketClients;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One socket of a client that speaks the protocol. Its owner is called on the thread of the sockets. Thread-safe. */
final class ProtocolSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final MessageCodec CODEC = new MessageCodec();
    private static final Map<String, ServerMessage> DECODED = new ConcurrentHashMap<>();
    private static final int MOST_DECODED = 10_000;
    private static final int LONGEST_MESSAGE = 4 * 1024 * 1024;
    /** What malformed bytes are decoded to. No test sends it. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Owner owner;
    private volatile @Nullable Channel channel;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean accepted;

    private ProtocolSocket(Owner owner) {
        this.owner = owner;
    }

    /** Receives the events of a socket. */
    interface Owner {
        /** Called when messages can be sent. */
        void opened(ProtocolSocket socket);

        void received(ProtocolSocket socket, ServerMessage message);

        /** Called when one of both ends has broken the protocol. */
        void broken(ProtocolSocket socket, String how);

        /** Called when the socket is closed or was never opened, perhaps more than once. */
        void lost(ProtocolSocket socket);
    }

    /**
     * Begins to open a socket.
     *
     * @param node sockets of the node
     * @param address chooses the address that it is opened from
     * @param owner is called, also before this method returns
     */
    static ProtocolSocket open(WebSocketClients node, int address, Owner owner) {
        ProtocolSocket socket = new ProtocolSocket(owner);
        node.open(address, socket::initializer).addListener(done -> {
            if (!done.isSuccess()) {
                owner.lost(socket);
            }
        });
        return socket;
    }

    private ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
                channel = opened;
                // rosters of large sessions come in parts
                opened.pipeline().addLast(new WebSocketFrameAggregator(LONGEST_MESSAGE), ProtocolSocket.this);
            }
        };
    }

    void send(ClientMessage message) {
        Channel current = channel;
        if (current != null) {
            current.writeAndFlush(new TextWebSocketFrame(CODEC.encodeClient(message)));
        }
    }

    /** Closes it without a close frame. */
    void abort() {
        Channel current = channel;
        if (current != null) {
            current.close();
        }
    }

    /** {@return whether it was accepted and is not closed} */
    boolean isOpen() {
        Channel current = channel;
        return accepted && current != null && current.isActive();
    }

    /** {@return how long nothing has arrived, in nanoseconds} */
    long silenceNanos() {
        return System.nanoTime() - heardAt;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            heardAt = System.nanoTime();
            owner.opened(this);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        heardAt = System.nanoTime();
        if (frame instanceof TextWebSocketFrame) {
            String text = frame.content().toString(StandardCharsets.UTF_8);
            if (text.indexOf(REPLACEMENT) >= 0) {
                owner.broken(this, "not UTF-8: " + text);
                return;
            }
            try {
                owner.received(this, decoded(text));
            } catch (MessageException e) {
                owner.broken(this, text);
            }
        } else if (frame instanceof CloseWebSocketFrame close) {
            if (!mayFollow(close.statusCode())) {
                owner.broken(this, "close " + close.statusCode() + " " + close.reasonText());
            }
            context.close();
        }
    }

    /** Whether the server may close with a code although the client keeps to the protocol. */
    private static boolean mayFollow(int status) {
        return status < 0 // none
                || CloseCode.of(status)
                        .filter(code -> code.detail() != DisconnectDetail.PROTOCOL_ERROR
                                || code == CloseCode.REFUSED
                                || code == CloseCode.CONNECT_TIMEOUT)
                        .isPresent();
    }

    /** Decodes a message. All clients of a session receive an event as the same text, which is decoded once. */
    private static ServerMessage decoded(String text) throws MessageException {
        ServerMessage known = DECODED.get(text);
        if (known == null) {
            known = CODEC.decodeServer(text);
            if (known instanceof SequencedEvent) {
                if (DECODED.size() > MOST_DECODED) {
                    DECODED.clear();
                }
                DECODED.put(text, known);
            }
        }
        return known;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        accepted = true; // perhaps only by the system, for a process that is suspended
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.lost(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        if (!(error instanceof IOException)) {
            owner.broken(this, String.valueOf(error));
        }
        context.close();
        owner.lost(this);
    }
}
