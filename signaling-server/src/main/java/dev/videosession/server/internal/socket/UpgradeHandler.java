package dev.videosession.server.internal.socket;

import dev.videosession.protocol.Limits;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.http.HttpResponses;
import dev.videosession.server.internal.http.RequestTarget;
import dev.videosession.server.internal.memory.OutOfMemory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.util.ReferenceCountUtil;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a socket that asks for it into a WebSocket, and passes other requests on. */
final class UpgradeHandler extends ChannelInboundHandlerAdapter {
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final Logger LOG = LoggerFactory.getLogger(UpgradeHandler.class);
    private static final WebSocketDecoderConfig DECODER = WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(Limits.MESSAGE_BYTES)
            .allowExtensions(false)
            .closeOnProtocolViolation(false)
            .build();

    private final SocketContext context;
    private final SocketOrigin origin;
    private final String scheme;
    private boolean upgrading;

    UpgradeHandler(SocketContext context, SocketOrigin origin, boolean encrypted) {
        this.context = context;
        this.origin = origin;
        this.scheme = encrypted ? "wss" : "ws";
    }

    /** A request that was held back behind the one that opens the WebSocket is dropped: nothing encodes an HTTP answer any more. */
    @Override
    public void channelRead(ChannelHandlerContext handler, Object message) {
        if (upgrading && message instanceof FullHttpRequest) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof FullHttpRequest request && isForWebSocket(request)) {
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
        return RequestTarget.parse(request.uri())
                .filter(target -> target.path().equals(SocketPipeline.PATH))
                .isPresent();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    private void upgrade(ChannelHandlerContext handler, FullHttpRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            refuse(handler, 405, "The method is not allowed here.", Map.of("Allow", "GET"));
            return;
        }
        HttpHeaders headers = request.headers();
        boolean asked = headers.contains(HttpHeaderNames.UPGRADE, "websocket", true);
        if (!asked || !VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            // the library would go on to speak the drafts of the standard
            refuse(
                    handler,
                    426,
                    "This server speaks version " + VERSION + " of the WebSocket protocol only.",
                    Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", VERSION));
            return;
        }
        String flaw = flaw(request);
        if (flaw != null) {
            refuse(handler, 400, flaw, Map.of());
            return;
        }
        String host = headers.get(HttpHeaderNames.HOST);
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        scheme + "://" + host + SocketPipeline.PATH, null, DECODER)
                .newHandshaker(request);
        upgrading = true;
        try {
            handshaker.handshake(handler.channel(), request).addListener(done -> {
                if (!done.isSuccess()) {
                    OutOfMemory.check(done.cause());
                    LOG.debug("event=upgradeFailed", done.cause());
                    handler.close();
                }
            });
        } catch (WebSocketHandshakeException e) {
            LOG.debug("event=upgradeRefused", e);
            upgrading = false;
            refuse(handler, 400, "The handshake is malformed.", Map.of());
            return;
        }
        ChannelPipeline pipeline = handler.pipeline();
        pipeline.addLast("messages", new MessageAssembler(context.common().time()));
        pipeline.addLast("signaling", new SignalingSocket(context, origin));
        pipeline.remove("check");
        pipeline.remove("conversation");
        pipeline.remove("bytes");
        pipeline.remove("deadline");
        pipeline.remove("routes");
        pipeline.remove(this);
        pipeline.remove("flow"); // passes on what it held back
    }

    /** {@return how the request violates RFC 6455, section 4.2.1, or null if it does not} */
    private static @Nullable String flaw(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
            return "A WebSocket is opened with HTTP/1.1.";
        }
        if (headers.get(HttpHeaderNames.HOST, "").isBlank()) {
            return "The Host header is missing.";
        }
        if (!headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            return "The Connection header does not contain Upgrade.";
        }
        if (request.content().isReadable()) {
            return "The handshake has a body.";
        }
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        return keys.size() == 1 && isKey(keys.get(0).strip())
                ? null
                : "Sec-WebSocket-Key must be " + KEY_BYTES + " bytes in base64, once.";
    }

    private static boolean isKey(String text) {
        try {
            return text.endsWith("==") && Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // HttpConversation closes the socket after it
    private static void refuse(ChannelHandlerContext handler, int status, String message, Map<String, String> headers) {
        HttpReply error = HttpReply.error(status, message);
        HttpReply reply = new HttpReply(status, error.contentType(), headers, error.body());
        handler.writeAndFlush(HttpResponses.of(reply, false), handler.voidPromise());
    }
}
