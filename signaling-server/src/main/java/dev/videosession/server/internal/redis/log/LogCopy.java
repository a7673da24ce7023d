package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.EventHistory;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.StoredRecords;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.OpenedLog;
import dev.videosession.server.internal.redis.schema.StoredEntry;
import dev.videosession.server.internal.redis.schema.StoredImage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What one server has read of a log: its position, the newest events and the records. Entries of other servers are added in order and
 * passed to the listener. Belongs to the session's loop, except for {@link EventHistory#heldBytes}.
 */
final class LogCopy {
    /** The number of early entries that are kept. Entries beyond it are read from the log. */
    private static final int MAX_EARLY = 1024;

    private final SessionLog.Listener listener;
    private final EventHistory history;
    private final StoredRecords records = new StoredRecords();
    private final Deque<StoredEntry> early = new ArrayDeque<>(0);
    private Position position = Position.START;

    LogCopy(SessionLog.Listener listener, EventHistory history) {
        this.listener = listener;
        this.history = history;
    }

    Position position() {
        return position;
    }

    EventHistory history() {
        return history;
    }

    StoredRecords records() {
        return records;
    }

    /**
     * Reads the whole log. Call it before anything else is added. Fails with {@link com.squareup.moshi.JsonDataException} if a part is
     * missing.
     */
    SessionImage begin(EventJson json, OpenedLog log) {
        SessionImage image = StoredImage.read(json, log.snapshot(), log.entries(), history);
        position = image.position();
        return image;
    }

    /** Adds what this server has appended. */
    void addOwn(Append step, Position last) {
        position = last;
        step.entries().forEach(history::add);
        records.follow(step);
    }

    /**
     * Fails with {@link DivergedException} if a log that ends at one position cannot contain another position, which was its end before.
     */
    static void requireContained(Position known, Position last) {
        if (last.sequence() < known.sequence()
                || (last.sequence() == known.sequence() && last.nonce() != known.nonce())) {
            throw new DivergedException("lost entries");
        }
    }

    /**
     * Adds entries that were read from the log, except those that it has.
     *
     * @param open false ends the reading
     * @throws DivergedException at the first entry that does not come next
     */
    void follow(List<StoredEntry> later, BooleanSupplier open) {
        for (StoredEntry entry : later) {
            if (isKnown(entry)) {
                continue;
            }
            if (!entry.follows(position)) {
                throw new DivergedException("has other entries");
            }
            add(entry);
            if (!open.getAsBoolean()) {
                return;
            }
        }
    }

    /** Keeps entries that another server has sent, until {@link #followEarly}. */
    void keepEarly(List<StoredEntry> entries) {
        if (early.size() < MAX_EARLY) {
            early.addAll(entries);
        }
    }

    /**
     * Adds the entries that {@link #keepEarly} has kept.
     *
     * @param ready false ends the adding
     * @return false if an entry is missing, and the log must be read
     */
    boolean followEarly(BooleanSupplier ready) {
        while (ready.getAsBoolean() && !early.isEmpty()) {
            StoredEntry next = early.element();
            if (isKnown(next)) {
                early.remove();
            } else if (next.follows(position)) {
                early.remove();
                add(next);
            } else {
                early.clear();
                return false;
            }
        }
        return true;
    }

    private boolean isKnown(StoredEntry entry) {
        return entry.position().sequence() <= position.sequence();
    }

    private void add(StoredEntry next) {
        position = next.position();
        history.add(next.entry().events());
        records.follow(next.entry().events());
        listener.foreign(next.entry());
    }
}
