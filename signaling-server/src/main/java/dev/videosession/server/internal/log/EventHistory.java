package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The newest events of a session, from which clients that return catch up. Bounded by number and by the text in events; at
 * least one event is kept. Belongs to the session's loop, but for {@link #heldBytes}.
 */
public final class EventHistory {
    private static final long EVENT_BYTES = 200;

    private final int maxEvents;
    private final long maxCharacters;
    private final Deque<LoggedEvent> events = new ArrayDeque<>();
    private long last;
    private volatile long characters;
    private volatile int size;

    /**
     * Creates an empty history.
     *
     * @param maxEvents how many events to keep
     * @param maxCharacters how many characters in these events to keep; one event is kept in any case
     */
    public EventHistory(int maxEvents, long maxCharacters) {
        this.maxEvents = maxEvents;
        this.maxCharacters = maxCharacters;
    }

    /**
     * Begins after events that this history never gets.
     *
     * @param sequence number of the last of them
     */
    public void startAfter(long sequence) {
        last = sequence;
    }

    /**
     * Adds the next events.
     *
     * @param entry the events
     */
    public void add(List<LoggedEvent> entry) {
        long added = characters;
        for (int i = 0; i < entry.size(); i++) {
            LoggedEvent event = entry.get(i);
            last++;
            events.addLast(event);
            added += event.textLength();
            while (events.size() > 1 && (events.size() > maxEvents || added > maxCharacters)) {
                added -= events.removeFirst().textLength();
            }
        }
        held(added);
    }

    /**
     * Returns the events after a point; see {@link SessionLog#read}.
     *
     * @param after number of the last event that the reader knows
     * @return the later events, or empty if they are not kept
     */
    public Optional<List<LoggedEvent>> read(long after) {
        long oldest = last - events.size() + 1;
        if (after < oldest - 1 || after > last) {
            return Optional.empty();
        }
        int count = (int) (last - after);
        LoggedEvent[] newer = new LoggedEvent[count];
        Iterator<LoggedEvent> backwards = events.descendingIterator();
        for (int i = count - 1; i >= 0; i--) {
            newer[i] = backwards.next();
        }
        return Optional.of(List.of(newer));
    }

    /** Drops the older half. */
    public void shorten() {
        long left = characters;
        for (int target = Math.max(1, events.size() / 2); events.size() > target; ) {
            left -= events.removeFirst().textLength();
        }
        held(left);
    }

    private void held(long newCharacters) {
        characters = newCharacters;
        size = events.size();
    }

    /** {@return approximately how many bytes the events take} May be called on any thread. */
    public long heldBytes() {
        return characters + EVENT_BYTES * size;
    }
}
