package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.SessionEvent;
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
    private static final SessionEvent.Visitor<Integer> WEIGHT = new Weight();

    private final int maxEvents;
    private final long maxCharacters;
    private final Deque<SessionEvent> events = new ArrayDeque<>();
    private long last;
    private volatile long characters;
    private volatile int size;

    EventHistory(int maxEvents, long maxCharacters) {
        this.maxEvents = maxEvents;
        this.maxCharacters = maxCharacters;
    }

    void add(List<SessionEvent> entry) {
        long added = characters;
        for (int i = 0; i < entry.size(); i++) {
            SessionEvent event = entry.get(i);
            last++;
            events.addLast(event);
            added += event.accept(WEIGHT);
            while (events.size() > 1 && (events.size() > maxEvents || added > maxCharacters)) {
                added -= events.removeFirst().accept(WEIGHT);
            }
        }
        held(added);
    }

    Optional<List<SessionEvent>> read(long after) {
        long oldest = last - events.size() + 1;
        if (after < oldest - 1 || after > last) {
            return Optional.empty();
        }
        int count = (int) (last - after);
        SessionEvent[] newer = new SessionEvent[count];
        Iterator<SessionEvent> backwards = events.descendingIterator();
        for (int i = count - 1; i >= 0; i--) {
            newer[i] = backwards.next();
        }
        return Optional.of(List.of(newer));
    }

    void shorten() {
        long left = characters;
        for (int target = Math.max(1, events.size() / 2); events.size() > target; ) {
            left -= events.removeFirst().accept(WEIGHT);
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

    /** The number of characters in an event that a client chose. */
    private static final class Weight implements SessionEvent.Visitor<Integer> {
        @Override
        public Integer onConnectionCreated(SessionEvent.ConnectionCreated event) {
            return event.connection().data().length();
        }

        @Override
        public Integer onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
            return 0;
        }

        @Override
        public Integer onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
            return 0;
        }

        @Override
        public Integer onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
            return 0;
        }

        @Override
        public Integer onStreamCreated(SessionEvent.StreamCreated event) {
            return event.stream().name().length();
        }

        @Override
        public Integer onStreamChanged(SessionEvent.StreamChanged event) {
            return 0;
        }

        @Override
        public Integer onStreamDestroyed(SessionEvent.StreamDestroyed event) {
            return 0;
        }

        @Override
        public Integer onSignal(SessionEvent.Signal event) {
            return event.data() == null ? 0 : event.data().length();
        }

        @Override
        public Integer onMuteForced(SessionEvent.MuteForced event) {
            return 0;
        }
    }
}
