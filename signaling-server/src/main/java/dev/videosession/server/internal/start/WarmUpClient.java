package dev.videosession.server.internal.start;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.codec.MessageException;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.socket.SocketPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client in a {@link WarmUp}. Each method returns a future that is completed when its step has ended. Call the next one after that. */
final class WarmUpClient {
    private static final int LONGEST_MESSAGE = 1024 * 1024;

    private final EventLoop loop;
    private final MessageCodec codec;
    private final SessionId session;
    private final String token;
    private CompletableFuture<Void> step = CompletableFuture.completedFuture(null); // guarded by this, as is the rest
    private @Nullable Channel channel;
    private @Nullable ConnectionId id;
    private @Nullable String resumeKey;
    private long sequence;
    private long requests;

    WarmUpClient(EventLoop loop, MessageCodec codec, SessionId session, String token) {
        this.loop = loop;
        this.codec = codec;
        this.session = session;
        this.token = token;
    }

    /** Connects, until the server has admitted it. */
    synchronized CompletableFuture<Void> connect(URI server) {
        return open(
                server,
                new ClientMessage.Connect(
                        ++requests, MessageCodec.PROTOCOL_VERSION, session, token, "warm-up/1", null));
    }

    /** Resumes, until the server has the connection. */
    synchronized CompletableFuture<Void> resume(URI server) {
        return open(
                server,
                new ClientMessage.Resume(
                        ++requests,
                        MessageCodec.PROTOCOL_VERSION,
                        session,
                        Objects.requireNonNull(id),
                        Objects.requireNonNull(resumeKey),
                        sequence));
    }

    /** Sends a signal to all, until the server has answered. */
    synchronized CompletableFuture<Void> signal() {
        return send(new ClientMessage.Signal(++requests, "warm-up", "", null));
    }

    /** Leaves, until the server has closed the socket. */
    synchronized CompletableFuture<Void> leave() {
        write(Objects.requireNonNull(channel), new ClientMessage.Disconnect());
        return closed();
    }

    /** Waits until the server has closed the socket. */
    synchronized CompletableFuture<Void> closed() {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        Objects.requireNonNull(channel).closeFuture().addListener(done -> closed.complete(null));
        return closed;
    }

    private CompletableFuture<Void> open(URI server, ClientMessage first) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        step = begun;
        URI socket = URI.create("ws://" + server.getAuthority() + SocketPipeline.PATH);
        channel = new Bootstrap()
                .group(loop)
                .channel(EventLoops.clientChannel())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel opened) {
                        opened.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(LONGEST_MESSAGE))
                                .addLast(webSocket(socket))
                                .addLast(new Receiver(first));
                    }
                })
                .connect(server.getHost(), server.getPort())
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        begun.completeExceptionally(done.cause());
                    }
                })
                .channel();
        return begun;
    }

    private static WebSocketClientProtocolHandler webSocket(URI socket) {
        return new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(socket)
                .version(WebSocketVersion.V13)
                .maxFramePayloadLength(LONGEST_MESSAGE)
                .sendCloseFrame(null) // a close frame says that the client leaves
                .build());
    }

    private CompletableFuture<Void> send(ClientMessage message) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        step = begun;
        write(Objects.requireNonNull(channel), message);
        return begun;
    }

    private void write(Channel to, ClientMessage message) {
        to.writeAndFlush(new TextWebSocketFrame(codec.encodeClient(message))).addListener(done -> {
            if (!done.isSuccess()) {
                failed(done.cause());
            }
        });
    }

    private synchronized void received(ServerMessage message) {
        if (message instanceof ServerMessage.Reply reply) {
            reply.accept(new StepEnd());
        }
    }

    private synchronized void failed(Throwable cause) {
        step.completeExceptionally(cause);
    }

    private synchronized void lost(Channel closed) {
        if (closed == channel) {
            failed(new IOException("the server closed the socket"));
        }
    }

    /** Ends the step. */
    private final class StepEnd implements ServerMessage.Reply.Visitor<Boolean> {
        @Override
        public Boolean onConnected(ServerMessage.Connected reply) {
            id = reply.connection().connectionId();
            resumeKey = reply.resumeKey();
            sequence = reply.roster().sequence();
            return step.complete(null);
        }

        @Override
        public Boolean onResumed(ServerMessage.Resumed reply) {
            return step.complete(null);
        }

        @Override
        public Boolean onDone(ServerMessage.Done reply) {
            return step.complete(null);
        }

        @Override
        public Boolean onPublished(ServerMessage.Published reply) {
            return step.complete(null);
        }

        @Override
        public Boolean onSubscribed(ServerMessage.Subscribed reply) {
            return step.complete(null);
        }

        @Override
        public Boolean onFailed(ServerMessage.Failed reply) {
            return step.completeExceptionally(new IOException(reply.message()));
        }
    }

    /** Receives what the server sends over one socket. */
    private final class Receiver extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final ClientMessage first;

        Receiver(ClientMessage first) {
            this.first = first;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
                write(context.channel(), first);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) throws MessageException {
            if (frame instanceof TextWebSocketFrame) {
                received(codec.decodeServer(frame.content().toString(StandardCharsets.UTF_8)));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(context.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            OutOfMemory.check(cause);
            failed(cause);
            context.close();
        }
    }
}
