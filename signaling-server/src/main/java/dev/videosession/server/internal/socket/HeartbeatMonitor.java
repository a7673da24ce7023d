package dev.videosession.server.internal.socket;

import dev.videosession.protocol.message.Heartbeat;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.outbox.Outbox;
import dev.videosession.server.internal.presence.Stall;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends heartbeats on one socket, and detects a client that does not connect in time or sends nothing for the silence
 * time. A timer that fires late shows that this process was suspended; deadlines move by that time, and end a heartbeat later at
 * the earliest, so that a client whose deadline was due has the time to be heard. Belongs to the socket's loop.
 */
final class HeartbeatMonitor {
    private final TimeSource time;
    private final Outbox outbox;
    private final Runnable timedOut;
    private final Runnable silent;
    private final BooleanSupplier established;
    private final byte[] heartbeat;
    private final long heartbeatNanos;
    private final long silenceNanos;
    private long deadlineNanos;
    private long lastReadNanos;
    private long dueNanos;
    private @Nullable Future<?> timer;

    HeartbeatMonitor(
            SocketContext context, Outbox outbox, Runnable timedOut, Runnable silent, BooleanSupplier established) {
        this.time = context.common().time();
        this.outbox = outbox;
        this.timedOut = timedOut;
        this.silent = silent;
        this.established = established;
        this.heartbeat = context.common().codec().encodeServerBytes(new Heartbeat());
        this.heartbeatNanos =
                TimeUnit.MILLISECONDS.toNanos(context.common().timings().heartbeatMillis());
        this.silenceNanos =
                TimeUnit.MILLISECONDS.toNanos(context.common().timings().silenceMillis());
        this.lastReadNanos = time.nanos();
        this.deadlineNanos = lastReadNanos + TimeUnit.MILLISECONDS.toNanos(context.handshakeMillis());
    }

    /** {@return a handler that records when bytes arrive} */
    ChannelHandler listener() {
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

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(EventExecutor loop, long now) {
        long next = established.getAsBoolean()
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
        if (!established.getAsBoolean()) {
            if (now - deadlineNanos >= 0) {
                timedOut.run();
                return;
            }
        } else if (now - lastReadNanos >= silenceNanos) {
            silent.run();
            return;
        } else if (now - outbox.lastWriteNanos() >= heartbeatNanos) {
            outbox.writeNow(heartbeat);
        }
        schedule(loop, now);
    }
}
