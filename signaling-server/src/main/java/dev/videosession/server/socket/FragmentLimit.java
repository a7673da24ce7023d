package dev.videosession.server.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * Bounds the pieces of one message: each costs memory of its own, however short it is. Refuses what is no frame: a client
 * that did not wait for the answer to its handshake.
 */
final class FragmentLimit extends ChannelInboundHandlerAdapter {
    private static final int MAX_FRAGMENTS = 128;

    private int fragments;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!(message instanceof WebSocketFrame)) {
            ReferenceCountUtil.release(message);
            context.fireExceptionCaught(new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "sent before the handshake was answered"));
            return;
        }
        if (message instanceof ContinuationWebSocketFrame && ++fragments > MAX_FRAGMENTS) {
            ReferenceCountUtil.release(message);
            context.fireExceptionCaught(new TooLongFrameException("more than " + MAX_FRAGMENTS + " fragments"));
            return;
        }
        if (message instanceof WebSocketFrame frame && frame.isFinalFragment()) {
            fragments = 0;
        }
        context.fireChannelRead(message);
    }
}
