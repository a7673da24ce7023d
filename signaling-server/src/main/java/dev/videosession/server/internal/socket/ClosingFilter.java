package dev.videosession.server.internal.socket;

import dev.videosession.server.internal.outbox.Outbox;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * Saves the work of decoding what a client sends after the server's close frame. Some of it passes, so that the client's close
 * frame is seen; everything behind that is read and dropped: not to read it could take the close frame away from the client.
 * Stands before everything else, TLS included.
 */
final class ClosingFilter extends ChannelInboundHandlerAdapter {
    private static final int PASSED = 64 * 1024;

    private final Outbox outbox;
    private int passed;

    ClosingFilter(Outbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (outbox.isClosing()) {
            if (passed >= PASSED) {
                ReferenceCountUtil.release(message);
                return;
            }
            passed += message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        }
        context.fireChannelRead(message);
    }
}
