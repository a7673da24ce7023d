package dev.videosession.session.model;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One event loop of the server in virtual time, and the socket that lives on it. What the socket writes stays in its
 * buffer while the other side takes nothing.
 */
final class ModelChannel extends EmbeddedChannel implements ModelTime.Actor {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 40_000);

    /** A real event loop does not end with a socket: a session may still have a task for it. */
    private static final long LOOP_OUTLIVES_SOCKET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ModelTime time;
    private final LongSupplier stalledUntil;
    private BooleanSupplier full = () -> false;
    private Runnable afterwards = () -> {};
    private long timerDue = ModelTime.NEVER;
    private boolean dead;
    /** When it was last seen open. */
    private long closedAt;

    ModelChannel(ModelTime time, LongSupplier stalledUntil, ChannelHandler... handlers) {
        super(EmbeddedChannel.builder().ticker(time).handlers(handlers));
        this.time = time;
        this.stalledUntil = stalledUntil;
        this.closedAt = time.nanos();
    }

    /** Says when nothing more fits into the network, and which callback collects what was written. */
    void connectedTo(BooleanSupplier networkIsFull, Runnable collector) {
        full = networkIsFull;
        afterwards = collector;
    }

    @Override
    public long due() {
        if (dead) {
            return ModelTime.NEVER;
        }
        long due = hasPendingTasks() ? 0 : timerDue;
        return due == ModelTime.NEVER ? due : Math.max(due, stalledUntil.getAsLong());
    }

    @Override
    public boolean hasEnded() {
        if (isOpen() || due() != ModelTime.NEVER) {
            closedAt = time.nanos();
            return dead;
        }
        return dead || time.nanos() - closedAt > LOOP_OUTLIVES_SOCKET_NANOS;
    }

    @Override
    public void work() {
        runPendingTasks();
        touched();
    }

    /** To be called after anything that may have made tasks or timers, or may have written something. */
    void touched() {
        long wait = runScheduledPendingTasks();
        timerDue = wait < 0 ? ModelTime.NEVER : time.nanos() + wait;
        afterwards.run();
    }

    /** Runs a task later. To be called at any time, also by a task of another loop. */
    void schedule(Runnable task, long millis) {
        var unused = eventLoop().schedule(task, millis, TimeUnit.MILLISECONDS);
        timerDue = Math.min(timerDue, time.nanos() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /** The network takes something again. */
    void drained() {
        if (isOpen() && unsafe().outboundBuffer() != null) {
            unsafe().flush();
            touched();
        }
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return CLIENT;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
        if (!dead && full != null && full.getAsBoolean()) {
            return;
        }
        super.doWrite(waiting);
    }

    /** The server's socket reports that the client has closed. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is closed at once
    void drop() {
        close();
        touched();
    }

    /** Its process has ended: nothing more that it does is visible. */
    void die() {
        dead = true;
    }

    /**
     * Runs what waits on the loop of a process that has ended, because tasks own buffers that a real process takes with it.
     *
     * @return false if nothing waited
     */
    boolean runLeftovers() {
        boolean found = hasPendingTasks();
        if (found) {
            runPendingTasks();
        }
        return found;
    }

    /** Releases what was written and not sent. */
    void releaseWritten() {
        if (unsafe().outboundBuffer() != null) {
            unsafe().flush();
        }
        releaseOutbound();
    }

    /** How long a socket's first request may take, far above what the model needs. */
    static long handshakeMillis() {
        return TimeUnit.SECONDS.toMillis(10);
    }
}
