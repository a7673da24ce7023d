package dev.videosession.server.internal.router.janus.session;

import dev.videosession.server.settings.JanusEndpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A WebSocket to Janus. Everything happens on its event loop. */
final class JanusSocket {
    private static final int MAX_MESSAGE = 1024 * 1024;
    private static final int CONNECT_MILLIS = 3000;

    /** Bytes that may wait until Janus reads them. */
    private static final int MAX_UNSENT = 4 * 1024 * 1024;

    private final EventLoop loop;
    private final Listener listener;
    private @Nullable Channel channel;
    private @Nullable String problem;
    private boolean open;
    private boolean closed;

    /** Receives what happens to a socket. Called on the event loop. */
    interface Listener {
        /** The socket is open. */
        void onOpen();

        /** A message has arrived. */
        void onText(String text);

        /** The socket is closed, or could not be opened. Not called after {@link JanusSocket#close}. */
        void onClosed(String reason);
    }

    JanusSocket(EventLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Opens the socket. Called once. */
    @SuppressWarnings("FutureReturnValueIgnored") // the channel's end is followed
    void connect(JanusEndpoint endpoint) {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(endpoint.uri())
                .subprotocol("janus-protocol")
                .maxFramePayloadLength(MAX_MESSAGE)
                .handshakeTimeoutMillis(CONNECT_MILLIS)
                .build();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(MAX_UNSENT / 2, MAX_UNSENT))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) throws SSLException {
                        ChannelPipeline pipeline = made.pipeline();
                        if (isEncrypted(endpoint.uri())) {
                            pipeline.addLast(SslContextBuilder.forClient()
                                    .build()
                                    .newHandler(made.alloc(), endpoint.uri().getHost(), port(endpoint.uri())));
                        }
                        pipeline.addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(MAX_MESSAGE),
                                new WebSocketClientProtocolHandler(config),
                                new WebSocketFrameAggregator(MAX_MESSAGE),
                                new Frames());
                    }
                });
        bootstrap.connect(endpoint.uri().getHost(), port(endpoint.uri())).addListener((ChannelFutureListener)
                connected -> {
                    if (!connected.isSuccess()) {
                        ended("cannot connect to " + endpoint.uri() + ": "
                                + connected.cause().getMessage());
                        return;
                    }
                    channel = connected.channel();
                    channel.closeFuture()
                            .addListener(end -> ended(problem == null ? "the socket was closed" : problem));
                    if (closed) {
                        channel.close();
                    }
                });
    }

    private static boolean isEncrypted(URI uri) {
        return "wss".equals(uri.getScheme());
    }

    private static int port(URI uri) {
        if (uri.getPort() != -1) {
            return uri.getPort();
        }
        return isEncrypted(uri) ? 443 : 80;
    }

    private void ended(String reason) {
        if (!closed) {
            closed = true;
            listener.onClosed(reason);
        }
    }

    /** Sends a message; dropped if the socket is not open. A socket on which too much waits is closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write closes the channel
    void send(String text) {
        if (!open || channel == null) {
            return;
        }
        if (channel.isWritable()) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        } else {
            problem = "Janus does not read: " + MAX_UNSENT + " bytes wait for it";
            open = false;
            channel.pipeline().firstContext().close(); // a close frame would wait behind what is not read
        }
    }

    /** Closes the socket from any state, silently. */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on it
    void close() {
        closed = true;
        open = false;
        if (channel != null) {
            channel.close();
        }
    }

    private final class Frames extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && !closed) {
                open = true;
                channel = context.channel();
                listener.onOpen();
            } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
                problem = "the WebSocket handshake was not answered";
                context.close();
            }
            super.userEventTriggered(context, event);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame text && !closed) {
                listener.onText(text.text());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            problem = String.valueOf(cause.getMessage());
            context.close();
        }
    }
}
