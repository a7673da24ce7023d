package dev.videosession.server.internal.socket;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.message.Timings;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.presence.Stall;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends heartbeats on one socket, and detects a client that does not connect in time or sends nothing for the silence time. The
 * silence begins at the earliest when the client is connected, because a client sends heartbeats only from then on.
 *
 * <p>A timer that fires late shows that this process was suspended. Deadlines move by that time, and end a heartbeat later at the
 * earliest, so that a client whose deadline was due has the time to be heard. Belongs to the socket's loop.
 */
final class HeartbeatMonitor {
    private static final byte[] HEARTBEAT = new MessageCodec().encodeServerBytes(new Heartbeat());

    private final Outbox outbox;
    private final TimeSource time;
    private final Listener listener;
    private final long heartbeatNanos;
    private final long silenceNanos;
    private long deadlineNanos;
    private long lastReadNanos;
    private long dueNanos;
    private boolean established;
    private @Nullable Future<?> timer;

    /** The socket that is monitored. Called on its loop. */
    interface Listener {
        /** The client did not connect in time. */
        void timedOut();

        /** The client has sent nothing for the silence time. */
        void silent();
    }

    /** A client may take {@code handshakeMillis} milliseconds to connect. */
    HeartbeatMonitor(Outbox outbox, TimeSource time, Timings timings, long handshakeMillis, Listener listener) {
        this.outbox = outbox;
        this.time = time;
        this.listener = listener;
        this.heartbeatNanos = TimeUnit.MILLISECONDS.toNanos(timings.heartbeatMillis());
        this.silenceNanos = TimeUnit.MILLISECONDS.toNanos(timings.silenceMillis());
        this.lastReadNanos = time.nanos();
        this.deadlineNanos = lastReadNanos + TimeUnit.MILLISECONDS.toNanos(handshakeMillis);
    }

    /** {@return a handler that records when bytes arrive} */
    ChannelHandler byteRecorder() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                lastReadNanos = time.nanos();
                context.fireChannelRead(message);
            }
        };
    }

    void start(EventExecutor loop) {
        schedule(loop, time.nanos());
    }

    /** The client is connected. It sends heartbeats from now on. */
    void established() {
        established = true;
        lastReadNanos = time.nanos();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(EventExecutor loop, long now) {
        long next = established
                ? Math.min(outbox.lastWriteNanos() + heartbeatNanos, lastReadNanos + silenceNanos) - now
                : Math.min(deadlineNanos - now, heartbeatNanos);
        long delay = Math.max(next, TimeUnit.MILLISECONDS.toNanos(1));
        dueNanos = now + delay;
        timer = loop.schedule(() -> tick(loop), delay, TimeUnit.NANOSECONDS);
    }

    private void tick(EventExecutor loop) {
        if (outbox.isClosing()) {
            return;
        }
        long now = time.nanos();
        long stall = Stall.nanos(dueNanos, now);
        if (stall > 0) {
            lastReadNanos = Math.max(lastReadNanos + stall, now + heartbeatNanos - silenceNanos);
            deadlineNanos = Math.max(deadlineNanos + stall, now + heartbeatNanos);
        }
        if (!established) {
            if (now - deadlineNanos >= 0) {
                listener.timedOut();
                return;
            }
        } else if (now - lastReadNanos >= silenceNanos) {
            listener.silent();
            return;
        } else if (now - outbox.lastWriteNanos() >= heartbeatNanos) {
            outbox.writeNow(HEARTBEAT);
        }
        schedule(loop, now);
    }
}
