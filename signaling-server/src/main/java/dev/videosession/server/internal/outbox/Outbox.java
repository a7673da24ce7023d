package dev.videosession.server.internal.outbox;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.codec.EncodedMessage;
import dev.videosession.protocol.time.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way out of one socket: bounded by messages and bytes. What a slow reader lets pile up above the bound closes its
 * socket with {@link CloseCode#SLOW_CONSUMER}. A long roster is written in fragments, each when the one before has left, and
 * what follows waits behind it. All methods but {@link #loop()}, {@link #isOpen()} and those of {@link MemoryBudget.Holder} must be
 * called on the socket's loop.
 */
public final class Outbox implements MemoryBudget.Holder {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final long CLOSE_GRACE_MILLIS = 2000;

    private final ChannelHandlerContext context;
    private final int maxMessages;
    private final int maxBytes;
    private final Listener listener;
    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private volatile int heldBytes;
    private @Nullable FragmentedMessage fragments;
    private int unflushed;
    private volatile boolean closing;
    private final TimeSource time;
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
     * @param time the monotonic clock
     * @param listener called when it overflows
     */
    public Outbox(ChannelHandlerContext context, int maxMessages, int maxBytes, TimeSource time, Listener listener) {
        this.context = context;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
        this.time = time;
        this.lastWriteNanos = time.nanos();
        this.listener = listener;
    }

    /** {@return the loop of the socket, on which this must be used; callable on any thread} */
    public EventLoop loop() {
        return context.channel().eventLoop();
    }

    /** {@return when something was last written, in nanoseconds of the monotonic clock} */
    public long lastWriteNanos() {
        return lastWriteNanos;
    }

    /** {@return whether the close frame was sent, after which nothing is written} */
    public boolean isClosing() {
        return closing;
    }

    /**
     * Tells whether messages may still arrive. May be called on any thread.
     *
     * @return false after the close frame was sent, and when the socket is closed
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
     * Sends the close frame after a last message, which is left out in the middle of a message in fragments, and closes the socket when the
     * client answered, at the latest after two
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
        if (last != null && fragments == null) {
            write(TextFrame.of(last));
            if (closing) {
                return;
            }
        }
        close(code, text);
    }

    /**
     * Writes a message that may be long, in fragments if it is.
     *
     * @param message the message
     */
    void write(EncodedMessage message) {
        if (message.length() <= FragmentedMessage.FRAGMENT || fragments != null) {
            write(TextFrame.of(message.toBytes()));
        } else if (!closing) {
            fragments = new FragmentedMessage(message);
            writeFragments();
        }
    }

    /** The socket has room again, or it has ended: goes on with a message in fragments and with what waits behind it. */
    public void writabilityChanged() {
        if (!context.channel().isActive()) {
            releaseHeld();
        } else if (!closing) {
            writeFragments();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a void promise: failures reach the pipeline, which closes
    private void writeFragments() {
        // the field is read each time: a write may call this again, when the socket takes it at once
        for (FragmentedMessage next = fragments;
                next != null && context.channel().isWritable();
                next = fragments) {
            ByteBuf fragment = next.next();
            if (next.isDone()) {
                fragments = null;
            }
            lastWriteNanos = time.nanos();
            context.writeAndFlush(fragment, context.voidPromise());
        }
        if (fragments == null && !held.isEmpty()) {
            List<ByteBuf> waiting = List.copyOf(held);
            held.clear();
            heldBytes = 0;
            waiting.forEach(this::write);
            flush();
        }
    }

    private void hold(ByteBuf frame, ChannelOutboundBuffer pending) {
        if (isFull(pending, frame.readableBytes())) {
            frame.release();
            overflow();
        } else {
            held.add(frame);
            int bytes = heldBytes + frame.readableBytes(); // changed on the socket's loop only
            heldBytes = bytes;
        }
    }

    private void overflow() {
        close(CloseCode.SLOW_CONSUMER, "outbox full");
        listener.overflowed();
    }

    private void releaseHeld() {
        fragments = null;
        held.forEach(ByteBuf::release);
        held.clear();
        heldBytes = 0;
    }

    @Override
    public long heldBytes() {
        ChannelOutboundBuffer pending = context.channel().unsafe().outboundBuffer();
        return heldBytes + (pending == null ? 0 : pending.totalPendingWriteBytes());
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void release() {
        try {
            loop().execute(() -> {
                if (isOpen()) {
                    overflow();
                }
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("event=releaseDiscarded cause=shutdown");
        }
    }

    /**
     * Stops reading what the client sends for a while.
     *
     * @param millis for how long
     */
    @SuppressWarnings("FutureReturnValueIgnored") // nothing depends on the timer
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
        if (fragments != null) {
            hold(frame, pending);
            return;
        }
        if (isFull(pending, frame.readableBytes()) && unflushed > 0) {
            flush(); // what one task wrote at once is not yet the reader's fault
        }
        if (isFull(pending, frame.readableBytes())) {
            frame.release();
            overflow();
            return;
        }
        unflushed++;
        context.write(frame, context.voidPromise());
    }

    private boolean isFull(ChannelOutboundBuffer pending, int more) {
        long bytes = heldBytes + pending.totalPendingWriteBytes();
        return pending.size() + held.size() + unflushed >= maxMessages || (bytes > 0 && bytes + more > maxBytes);
    }

    boolean isDirty() {
        return unflushed > 0;
    }

    void flush() {
        if (unflushed > 0) {
            unflushed = 0;
            lastWriteNanos = time.nanos();
            context.flush();
        }
    }

    private void close(CloseCode code, String text) {
        close(new CloseWebSocketFrame(code.code(), text));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above; nothing depends on the timer
    private void close(CloseWebSocketFrame frame) {
        closing = true;
        unflushed = 0;
        releaseHeld();
        context.writeAndFlush(frame, context.voidPromise());
        loop().schedule(() -> context.close(), CLOSE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
