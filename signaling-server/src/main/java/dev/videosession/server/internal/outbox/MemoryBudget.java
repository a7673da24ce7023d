package dev.videosession.server.internal.outbox;

import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a server may hold for clients that have not read it: queues of sockets, messages parked for lost connections, and the
 * histories of sessions. When all of it together exceeds the budget, the largest goes first. Thread-safe.
 */
public final class MemoryBudget {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBudget.class);

    private final long maxBytes;
    private final LongSupplier directBytes;
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();

    /** Something that holds memory for clients. May be called on any thread. */
    public interface Holder {
        /** {@return the bytes that it holds now} */
        long heldBytes();

        /**
         * Tells whether it shares what it holds with other holders, as sockets share the frames of a broadcast.
         *
         * @return true if the sum over such holders may exceed the memory that they take
         */
        boolean isShared();

        /** Releases the memory that it holds, soon. */
        void release();
    }

    private record Held(Holder holder, long bytes) {}

    /**
     * Makes a budget.
     *
     * @param maxBytes of all holders together
     * @param directBytes tells how much memory the buffers of sockets take, shared ones counted once
     */
    public MemoryBudget(long maxBytes, LongSupplier directBytes) {
        this.maxBytes = maxBytes;
        this.directBytes = directBytes;
    }

    /**
     * Counts a holder from now on.
     *
     * @param holder until {@link #remove}
     */
    public void add(Holder holder) {
        holders.add(holder);
    }

    /**
     * Counts a holder no more.
     *
     * @param holder one that was added, or not
     */
    public void remove(Holder holder) {
        holders.remove(holder);
    }

    /**
     * Adds up what is held and, if that exceeds the budget, releases the largest holders until the rest is within it.
     *
     * @return how many were released
     */
    public int check() {
        long shared = 0;
        long own = 0;
        for (Holder holder : holders) {
            long bytes = holder.heldBytes();
            if (holder.isShared()) {
                shared += bytes;
            } else {
                own += bytes;
            }
        }
        if (shared + own <= maxBytes) {
            return 0;
        }
        long excess = Math.min(shared, directBytes.getAsLong()) + own - maxBytes;
        return excess <= 0 ? 0 : release(holders, excess);
    }

    private int release(Collection<Holder> all, long excess) {
        PriorityQueue<Held> largest =
                new PriorityQueue<>(Comparator.comparingLong(Held::bytes).reversed());
        all.forEach(holder -> largest.add(new Held(holder, holder.heldBytes())));
        int released = 0;
        for (long left = excess; left > 0 && !largest.isEmpty(); released++) {
            Held next = largest.remove();
            if (next.bytes() == 0) {
                break;
            }
            left -= next.bytes();
            next.holder().release();
        }
        LOG.warn("event=memoryBudgetExceeded budgetBytes={} excessBytes={} released={}", maxBytes, excess, released);
        return released;
    }
}
