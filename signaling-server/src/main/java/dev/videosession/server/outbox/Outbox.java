package dev.videosession.server.outbox;

import dev.videosession.protocol.CloseCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one socket: bounded by messages and bytes. What a slow reader lets pile up above the bound closes its
 * socket with {@link CloseCode#SLOW_CONSUMER}. All methods but {@link #loop()} must be called on the socket's loop.
 */
public final class Outbox {
    private static final long CLOSE_GRACE_MILLIS = 2000;

    private final ChannelHandlerContext context;
    private final int maxMessages;
    private final int maxBytes;
    private final Listener listener;
    private int unflushed;
    private boolean closing;
    private final LongSupplier nanoClock;
    private long lastWriteNanos;

    /** Learns how a socket ends from this side. Called on the socket's loop. */
    public interface Listener {
        /** The reader was too slow. The close frame was sent already. */
        void overflowed();
    }

    /**
     * Makes an outbox.
     *
     * @param context through which to write
     * @param maxMessages how many messages may wait
     * @param maxBytes how many bytes may wait
     * @param nanoClock tells the time
     * @param listener told when it overflows
     */
    public Outbox(
            ChannelHandlerContext context, int maxMessages, int maxBytes, LongSupplier nanoClock, Listener listener) {
        this.context = context;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.nanoClock = nanoClock;
        this.lastWriteNanos = nanoClock.getAsLong();
        this.listener = listener;
    }

    /**
     * Returns the loop on which this must be used. May be called on any thread.
     *
     * @return the socket's loop
     */
    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    /**
     * Returns when something was last written.
     *
     * @return nanoseconds as of the clock that was given
     */
    public long lastWriteNanos() {
        return lastWriteNanos;
    }

    /**
     * Tells whether the close frame was sent.
     *
     * @return true if nothing more is written
     */
    public boolean isClosing() {
        return closing;
    }

    /**
     * Tells whether messages may still arrive.
     *
     * @return false after the close frame was sent, and when the socket is gone
     */
    public boolean isOpen() {
        return !closing && context.channel().isActive();
    }

    /**
     * Writes and flushes one message.
     *
     * @param utf8 its text
     */
    public void writeNow(byte[] utf8) {
        write(TextFrame.of(utf8));
        flush();
    }

    /**
     * Sends the close frame after a last message and closes the socket when the client answered, at the latest after two
     * seconds. Only the first call counts.
     *
     * @param last text of the last message, or null
     * @param code why
     * @param text for people, at most 123 bytes
     */
    public void finish(byte @Nullable [] last, CloseCode code, String text) {
        if (closing) {
            return;
        }
        if (last != null) {
            write(TextFrame.of(last));
            if (closing) {
                return;
            }
        }
        close(code, text);
    }

    /**
     * Stops reading what the client sends for a while.
     *
     * @param millis for how long
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the timer
    public void pauseReading(long millis) {
        context.channel().config().setAutoRead(false);
        loop().schedule(() -> context.channel().config().setAutoRead(true), millis, TimeUnit.MILLISECONDS);
    }

    /**
     * Answers the client's close frame with the same status, unless a close frame was sent before.
     *
     * @param status the client's, or -1 if its frame had none
     */
    public void echoClose(int status) {
        if (!closing) {
            close(status < 0 ? new CloseWebSocketFrame() : new CloseWebSocketFrame(status, ""));
        }
    }

    /** Takes over the reference. */
    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    void write(ByteBuf frame) {
        ChannelOutboundBuffer pending = context.channel().unsafe().outboundBuffer();
        if (closing || pending == null) {
            frame.release();
            return;
        }
        if (isFull(pending, frame.readableBytes()) && unflushed > 0) {
            flush(); // what one task wrote at once is not yet the reader's fault
        }
        if (isFull(pending, frame.readableBytes())) {
            frame.release();
            close(CloseCode.SLOW_CONSUMER, "outbox full");
            listener.overflowed();
            return;
        }
        unflushed++;
        context.write(frame, context.voidPromise());
    }

    private boolean isFull(ChannelOutboundBuffer pending, int more) {
        return pending.size() + unflushed >= maxMessages
                || (pending.totalPendingWriteBytes() > 0 && pending.totalPendingWriteBytes() + more > maxBytes);
    }

    boolean isDirty() {
        return unflushed > 0;
    }

    void flush() {
        if (unflushed > 0) {
            unflushed = 0;
            lastWriteNanos = nanoClock.getAsLong();
            context.flush();
        }
    }

    private void close(CloseCode code, String text) {
        close(new CloseWebSocketFrame(code.code(), text));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above; nobody waits for the timer
    private void close(CloseWebSocketFrame frame) {
        closing = true;
        unflushed = 0;
        context.writeAndFlush(frame, context.voidPromise());
        loop().schedule(() -> context.close(), CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
