package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.SessionEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A log in this process that keeps the newest events, bounded by number and by the text in events. Not thread-safe: it
 * belongs to the loop of its session.
 */
public final class InMemorySessionLog implements SessionLog {
    private static final long ENTRY_BYTES = 200;

    private final int maxEvents;
    private final long maxCharacters;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Consumer<Entry>> tails = new CopyOnWriteArrayList<>();
    private volatile long characters;
    private volatile int size;
    private long last;

    /**
     * Makes an empty log.
     *
     * @param maxEvents how many events to keep
     * @param maxCharacters how many characters to keep, at least one event is kept in any case
     */
    public InMemorySessionLog(int maxEvents, long maxCharacters) {
        this.maxEvents = maxEvents;
        this.maxCharacters = maxCharacters;
    }

    @Override
    public Append append(long expected, List<SessionEvent> events) {
        if (expected != ANY && expected != last) {
            return new Append.Conflict(last);
        }
        for (SessionEvent event : events) {
            Entry entry = new Entry(++last, event);
            entries.addLast(entry);
            added(weight(event));
            tails.forEach(tail -> tail.accept(entry));
        }
        while (entries.size() > 1 && (entries.size() > maxEvents || characters > maxCharacters)) {
            forgetFirst();
        }
        return new Append.Done(last);
    }

    @Override
    public Optional<List<Entry>> read(long after) {
        long oldest = entries.isEmpty() ? last + 1 : entries.getFirst().sequence();
        if (after < oldest - 1 || after > last) {
            return Optional.empty();
        }
        List<Entry> newer = new ArrayList<>();
        for (Iterator<Entry> i = entries.descendingIterator(); i.hasNext(); ) {
            Entry entry = i.next();
            if (entry.sequence() <= after) {
                break;
            }
            newer.add(entry);
        }
        Collections.reverse(newer);
        return Optional.of(newer);
    }

    @Override
    public AutoCloseable tail(long after, Consumer<Entry> consumer) {
        read(after)
                .orElseThrow(() -> new IllegalArgumentException("the log does not reach " + after))
                .forEach(consumer);
        tails.add(consumer);
        return () -> tails.remove(consumer);
    }

    private void added(long change) {
        long sum = characters + change; // changed on the session's loop only
        characters = sum;
        size = entries.size();
    }

    private void forgetFirst() {
        added(-weight(entries.removeFirst().event()));
    }

    @Override
    public long heldBytes() {
        return characters + ENTRY_BYTES * size;
    }

    @Override
    public void shorten() {
        for (int left = entries.size() / 2; entries.size() > Math.max(1, left); ) {
            forgetFirst();
        }
    }

    /** The text in an event. */
    private static long weight(SessionEvent event) {
        if (event instanceof SessionEvent.Signal signal && signal.data() != null) {
            return signal.data().length();
        } else if (event instanceof SessionEvent.ConnectionCreated created) {
            return created.connection().data().length();
        } else if (event instanceof SessionEvent.StreamCreated created) {
            return created.stream().name().length();
        }
        return 0;
    }
}
