package dev.videosession.server.internal.outbox;

import dev.videosession.protocol.codec.EncodedMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.metrics.ServerMetrics;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one session has to deliver on one event loop. The session posts; the event loop empties the queue in one task,
 * writes broadcasts that follow each other to each socket as one buffer, and flushes every socket that was written to
 * once.
 */
final class Mailbox implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);
    /** After this many deliveries in one task, other tasks and the sockets of the event loop have their turn. */
    private static final int LONGEST_TURN = 256;

    /** Belongs to the session's loop. */
    int memberCount;
    /** The sockets that get broadcasts, and whether they get those about connections. Belongs to the sockets' loop. */
    final Map<Outbox, Boolean> members = new LinkedHashMap<>();

    private final EventLoop loop;
    private final Queue<MailboxTask> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Outbox> dirty = new ArrayList<>();
    private final BroadcastBatch batch;

    /** A step about one socket, which gets the broadcasts before it first. */
    private record Step(Outbox outbox, Runnable task) implements MailboxTask {
        @Override
        public void deliver(Mailbox mailbox) {
            try {
                mailbox.batch.catchUp(outbox, mailbox.members.get(outbox));
            } finally {
                task.run(); // a socket that fails is dismissed nevertheless
            }
        }

        @Override
        public void discard() {
            // holds no buffer
        }
    }

    Mailbox(EventLoop loop, ServerMetrics metrics, TimeSource time) {
        this.loop = loop;
        this.batch = new BroadcastBatch(metrics, time, this::attemptWrite);
    }

    /** Takes a step about one socket, after what was posted before. */
    void post(Outbox outbox, Runnable task) {
        post(new Step(outbox, task));
    }

    /** Takes over the references of the delivery. */
    void post(MailboxTask delivery) {
        queue.add(delivery);
        schedule();
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                loop.execute(this);
            } catch (RejectedExecutionException e) {
                LOG.debug("event=deliveriesDiscarded cause=shutdown");
                discard();
            }
        }
    }

    @Override
    public void run() {
        scheduled.set(false);
        try {
            deliver();
        } finally { // also when memory for a buffer is short
            dirty.forEach(outbox -> attempt(outbox::flush));
            dirty.clear();
            if (!queue.isEmpty()) {
                schedule();
            }
        }
    }

    private void deliver() {
        MailboxTask next = queue.poll();
        for (int turn = 1; next != null; turn++) {
            attempt(next);
            next = turn == LONGEST_TURN ? null : queue.poll();
        }
        attempt(() -> batch.write(members));
    }

    private void attempt(MailboxTask delivery) {
        attempt(() -> delivery.deliver(this));
    }

    /** One socket's failure is not another's. */
    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("event=deliveryFailed", e);
        }
    }

    private void attemptWrite(Outbox outbox, ByteBuf frame) {
        try {
            write(outbox, frame);
        } catch (RuntimeException e) {
            LOG.error("event=deliveryFailed", e);
        }
    }

    void write(Outbox outbox, ByteBuf frame) {
        boolean wasClean = !outbox.isDirty();
        outbox.write(frame);
        if (wasClean && outbox.isDirty()) {
            dirty.add(outbox);
        }
    }

    void write(Outbox outbox, EncodedMessage message) {
        boolean wasClean = !outbox.isDirty();
        outbox.write(message);
        if (wasClean && outbox.isDirty()) {
            dirty.add(outbox);
        }
    }

    void collect(BroadcastFrame broadcast) {
        try {
            if (!batch.accepts(broadcast)) {
                batch.write(members);
            }
        } finally {
            batch.add(broadcast);
        }
    }

    private void discard() {
        for (MailboxTask next = queue.poll(); next != null; next = queue.poll()) {
            next.discard();
        }
        scheduled.set(false);
    }
}
