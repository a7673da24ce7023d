package dev.videosession.server.socket;

import dev.videosession.protocol.Limits;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.http.HttpResponses;
import dev.videosession.server.limit.SocketGate;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a socket that asks for it into a WebSocket, and passes other requests on. */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {
    /** Where WebSockets are opened. */
    static final String PATH = "/v1/signaling";

    private static final String VERSION = "13";
    private static final Logger LOG = LoggerFactory.getLogger(UpgradeHandler.class);
    private static final WebSocketDecoderConfig DECODER = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Limits.MESSAGE_BYTES)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .build();

    private final SocketContext context;
    private final SocketGate.Pass pass;
    private final String scheme;

    UpgradeHandler(SocketContext context, SocketGate.Pass pass, boolean encrypted) {
        this.context = context;
        this.pass = pass;
        this.scheme = encrypted ? "wss" : "ws";
    }

    @Override
    public void channelRead(ChannelHandlerContext handler, Object message) {
        if (message instanceof FullHttpRequest request && isForWebSocket(request)) {
            try {
                upgrade(handler, request);
            } finally {
                ReferenceCountUtil.release(request);
            }
        } else {
            handler.fireChannelRead(message);
        }
    }

    private static boolean isForWebSocket(FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return false;
        }
        String uri = request.uri();
        int query = uri.indexOf('?');
        return (query < 0 ? uri : uri.substring(0, query)).equals(PATH);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    private void upgrade(ChannelHandlerContext handler, FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(handler, 405, "the method is not allowed here", Map.of("Allow", "GET"));
            return;
        }
        boolean asked = request.headers().contains(HttpHeaderNames.UPGRADE, "websocket", true);
        if (!asked || !VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            // the library would go on to speak the drafts of the standard
            refuse(
                    handler,
                    426,
                    "here are WebSockets of version " + VERSION + " only",
                    Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION));
            return;
        }
        String host = request.headers().get(HttpHeaderNames.HOST, "localhost");
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        scheme + "://" + host + PATH, null, DECODER)
                .newHandshaker(request);
        try {
            handshaker.handshake(handler.channel(), request).addListener(done -> {
                if (!done.isSuccess()) {
                    LOG.debug("event=upgradeFailed", done.cause());
                    handler.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            LOG.debug("event=upgradeRefused", e);
            refuse(handler, 400, "the handshake is malformed", Map.of());
            return;
        }
        ChannelPipeline pipeline = handler.pipeline();
        pipeline.addLast("utf8", new Utf8FrameValidator(false));
        pipeline.addLast("fragments", new FragmentLimit());
        pipeline.addLast("frames", new WebSocketFrameAggregator(Limits.MESSAGE_BYTES));
        pipeline.addLast("signaling", new SignalingSocket(context, pass));
        pipeline.remove("bytes");
        pipeline.remove("deadline");
        pipeline.remove("routes");
        pipeline.remove(this);
        pipeline.remove("flow"); // passes on what it held back
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the socket is closed after it
    private static void refuse(ChannelHandlerContext handler, int status, String message, Map<String, String> headers) {
        HttpReply error = HttpReply.error(status, message);
        HttpReply reply = new HttpReply(status, error.contentType(), headers, error.body());
        handler.writeAndFlush(HttpResponses.of(reply, false)).addListener(ChannelFutureListener.CLOSE);
    }
}
