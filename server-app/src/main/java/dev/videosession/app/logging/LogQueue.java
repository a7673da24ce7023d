package dev.videosession.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * A bounded queue of log events. Adding never waits: a full queue drops its oldest refusal (or line below INFO), and its
 * oldest event only if there is none of these. Thread-safe.
 */
final class LogQueue {
    /** What the server marks the lines with that unauthenticated clients can cause. */
    private static final Marker REFUSAL = MarkerFactory.getMarker("REFUSAL");

    private final Deque<Entry> refusals = new ArrayDeque<>();
    private final Deque<Entry> events = new ArrayDeque<>();
    private final int capacity;
    private long added;
    private long droppedRefusals;
    private long droppedEvents;
    private boolean closed;

    private record Entry(long number, ILoggingEvent event) {}

    /** How many events were dropped since the queue was made. */
    record Dropped(long refusals, long events) {
        Dropped minus(Dropped other) {
            return new Dropped(refusals - other.refusals, events - other.events);
        }

        boolean isNone() {
            return refusals == 0 && events == 0;
        }
    }

    /** The queue holds at most so many events. */
    LogQueue(int capacity) {
        this.capacity = capacity;
    }

    static boolean isRefusal(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList();
        return !event.getLevel().isGreaterOrEqual(Level.INFO) || (markers != null && markers.contains(REFUSAL));
    }

    /** Adds an event, which may be dropped then or later. Ignored after {@link #close}. */
    synchronized void add(ILoggingEvent event) {
        if (closed) {
            return;
        }
        boolean refusal = isRefusal(event);
        if (refusals.size() + events.size() >= capacity) {
            if (!refusals.isEmpty()) {
                refusals.remove();
                droppedRefusals++;
            } else if (refusal) {
                droppedRefusals++;
                return;
            } else {
                events.remove();
                droppedEvents++;
            }
        }
        (refusal ? refusals : events).add(new Entry(added++, event));
        notifyAll();
    }

    /** Removes the oldest event. Waits for one; returns null when the queue is closed and empty. */
    synchronized @Nullable ILoggingEvent take() throws InterruptedException {
        while (refusals.isEmpty() && events.isEmpty()) {
            if (closed) {
                return null;
            }
            wait();
        }
        Entry refusal = refusals.peek();
        Entry event = events.peek();
        boolean first = event == null || (refusal != null && refusal.number < event.number);
        return (first ? refusals : events).remove().event;
    }

    /** Takes no more events; those inside can still be taken. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Dropped dropped() {
        return new Dropped(droppedRefusals, droppedEvents);
    }
}
