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
final class EventHistory {
    private static final long EVENT_BYTES = 200;

    private final int maxEvents;
    private final long maxCharacters;
    private final Deque<LoggedEvent> events = new ArrayDeque<>();
    private long last;
    private volatile long characters;
    private volatile int size;

    EventHistory(int maxEvents, long maxCharacters) {
        this.maxEvents = maxEvents;
        this.maxCharacters = maxCharacters;
    }

    void add(List<LoggedEvent> entry) {
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

    Optional<List<LoggedEvent>> read(long after) {
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

    void shorten() {
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

    long heldBytes() {
        return characters + EVENT_BYTES * size;
    }
}
