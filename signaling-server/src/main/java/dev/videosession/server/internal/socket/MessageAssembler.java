package dev.videosession.server.internal.socket;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.presence.Stall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of a text message in one buffer as they arrive, however many there are, within a size and a time. Lets
 * only well-formed UTF-8 through. Of a binary message only the first fragment passes: it is refused whatever follows. Refuses
 * what is no frame: a client that did not wait for the answer to its handshake.
 */
final class MessageAssembler extends ChannelInboundHandlerAdapter {
    /** From the first fragment of a message to the last. */
    static final long SECONDS = 30;

    private static final int FIRST_CAPACITY = 512;
    /** Limit of fragments without content, which add no bytes but cost work; the same as that of fragments with content. */
    private static final int MAX_EMPTY = Limits.MESSAGE_BYTES;

    private final TimeSource time;
    private @Nullable ByteBuf message;
    private @Nullable Future<?> timer;
    private int emptyFragments;

    MessageAssembler(TimeSource time) {
        this.time = time;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object received) {
        if (!(received instanceof WebSocketFrame frame)) {
            ReferenceCountUtil.release(received);
            context.fireExceptionCaught(new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "Sent before the handshake was answered."));
        } else if (frame instanceof ContinuationWebSocketFrame) {
            append(context, frame);
        } else if (frame instanceof TextWebSocketFrame && !frame.isFinalFragment()) {
            begin(context, frame);
        } else if (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame) {
            pass(context, frame);
        } else {
            context.fireChannelRead(frame); // control frames may stand between fragments
        }
    }

    private void begin(ChannelHandlerContext context, WebSocketFrame frame) {
        message = context.alloc().buffer(FIRST_CAPACITY, Limits.MESSAGE_BYTES);
        emptyFragments = 0;
        startTimer(context, TimeUnit.SECONDS.toNanos(SECONDS));
        append(context, frame);
    }

    private void append(ChannelHandlerContext context, WebSocketFrame frame) {
        ByteBuf joined = message;
        if (joined == null) { // of a message that was refused
            frame.release();
            return;
        }
        try {
            emptyFragments += frame.content().isReadable() ? 0 : 1;
            if (frame.content().readableBytes() > joined.maxWritableBytes() || emptyFragments > MAX_EMPTY) {
                discard();
                context.fireExceptionCaught(new TooLongFrameException("More than " + Limits.MESSAGE_BYTES + " bytes."));
                return;
            }
            joined.writeBytes(frame.content());
        } finally {
            frame.release();
        }
        if (frame.isFinalFragment()) {
            message = null;
            stopTimer();
            pass(context, new TextWebSocketFrame(joined));
        }
    }

    private static void pass(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame && !ByteBufUtil.isText(frame.content(), StandardCharsets.UTF_8)) {
            frame.release();
            context.fireExceptionCaught(new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "A text message is not UTF-8."));
            return;
        }
        context.fireChannelRead(frame);
    }

    /** While this process stood still it could not read what came in time. */
    private void startTimer(ChannelHandlerContext context, long nanos) {
        long due = time.nanos() + nanos;
        timer = context.executor()
                .schedule(
                        () -> {
                            long stall = Stall.nanos(due, time.nanos());
                            if (stall > 0) {
                                startTimer(context, Math.min(stall, nanos));
                            } else {
                                discard();
                                context.fireExceptionCaught(new SlowMessageException());
                            }
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void discard() {
        stopTimer();
        if (message != null) {
            message.release();
            message = null;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        discard();
    }

    /** The last fragment of a message did not come in time. */
    static final class SlowMessageException extends Exception {
        private static final long serialVersionUID = 1L;

        SlowMessageException() {
            super("A message took longer than " + SECONDS + " s.", null, false, false);
        }
    }
}
