package dev.videosession.server.internal.outbox;

import dev.videosession.protocol.codec.EncodedMessage;
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
 * What one session has to deliver on one event loop. The session posts; the event loop empties the queue in one task and
 * flushes every socket that was written to once.
 */
final class Mailbox implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    /** Belongs to the session's loop. */
    int memberCount;
    /** The sockets that get broadcasts, and whether they get those about connections. Belongs to the sockets' loop. */
    final Map<Outbox, Boolean> members = new LinkedHashMap<>();

    private final EventLoop loop;
    private final Queue<Delivery> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final List<Outbox> dirty = new ArrayList<>();

    /** One step, taken on the sockets' loop. */
    interface Delivery {
        void deliver();

        /** Called instead if the loop has ended. */
        default void discard() {}
    }

    Mailbox(EventLoop loop) {
        this.loop = loop;
    }

    void post(Delivery delivery) {
        queue.add(delivery);
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
        for (Delivery next = queue.poll(); next != null; next = queue.poll()) {
            attempt(next::deliver);
        }
        dirty.forEach(outbox -> attempt(outbox::flush));
        dirty.clear();
    }

    /** One socket's failure is not another's. */
    private static void attempt(Runnable step) {
        try {
            step.run();
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

    /** Takes over one reference. */
    int broadcast(ByteBuf frame, boolean aboutConnection) {
        int count = 0;
        try {
            for (Map.Entry<Outbox, Boolean> member : members.entrySet()) {
                if (!aboutConnection || member.getValue()) {
                    write(member.getKey(), frame.retainedDuplicate());
                    count++;
                }
            }
        } finally {
            frame.release();
        }
        return count;
    }

    private void discard() {
        for (Delivery next = queue.poll(); next != null; next = queue.poll()) {
            next.discard();
        }
        scheduled.set(false);
    }
}
