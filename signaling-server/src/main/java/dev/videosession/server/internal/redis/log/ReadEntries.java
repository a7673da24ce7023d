package dev.videosession.server.internal.redis.log;

import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.EventHistory;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.StoredRecords;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one server has read of a log: the position, the newest events, and entries that arrived before they could be passed on. Each
 * entry follows the one before it. Belongs to the session's loop.
 */
final class ReadEntries {
    /** What does not fit is read from the log. */
    private static final int MAX_EARLY = 1024;

    private final EventJson json;
    private final EventHistory history;
    private final StoredRecords records;
    private final SessionLog.Listener listener;
    private final Deque<StoredEntry> early = new ArrayDeque<>(0);
    private Position position = Position.START;
    private boolean closed;

    ReadEntries(EventJson json, EventHistory history, StoredRecords records, SessionLog.Listener listener) {
        this.json = json;
        this.history = history;
        this.records = records;
        this.listener = listener;
    }

    /** {@return the position of the last entry} */
    Position position() {
        return position;
    }

    /** Reads entries as the scripts return them; fails with {@code JsonDataException} if this release cannot. */
    List<StoredEntry> parse(List<Object> stored) {
        List<StoredEntry> entries = new ArrayList<>(stored.size());
        for (Object item : stored) {
            List<?> fields = (List<?>) ((List<?>) item).get(1);
            entries.add(StoredEntry.read(json, (byte[]) fields.get(3)));
        }
        return entries;
    }

    /** Reads the whole log. */
    SessionImage open(List<Object> snapshot, List<Object> stored) {
        SessionImage image = StoredImage.read(json, snapshot, parse(stored), history);
        position = image.position();
        return image;
    }

    /** This server has appended a step. */
    void appended(Append step, Position last) {
        position = last;
        step.entries().forEach(history::add);
        records.follow(step);
    }

    /**
     * Checks that the log still contains a position that was its last one.
     *
     * @param known the position
     * @param reply of the script that reads the log
     */
    static void requireContinued(Position known, RedisReply reply) {
        long sequence = 0;
        long nonce = 0;
        if (!reply.list(3).isEmpty()) {
            String id = reply.textIn(3, 0);
            sequence = Long.parseLong(id.substring(0, id.indexOf('-')));
            nonce = Long.parseLong(reply.textIn(3, 1));
        }
        if (sequence < known.sequence() || (sequence == known.sequence() && nonce != known.nonce())) {
            throw new LostEntriesException("lost entries");
        }
    }

    /** Passes entries on that are not known yet. */
    void follow(List<StoredEntry> later) {
        for (StoredEntry entry : later) {
            if (closed) {
                return;
            }
            if (entry.entry().position().sequence() > position.sequence()) {
                if (!entry.follows(position)) {
                    throw new LostEntriesException("has other entries");
                }
                pass(entry);
            }
        }
    }

    private void pass(StoredEntry next) {
        position = next.entry().position();
        history.add(next.entry().events());
        records.follow(next.entry().events());
        listener.foreign(next.entry());
    }

    /** Keeps entries that another server has sent. */
    void keep(List<StoredEntry> sent) {
        if (early.size() < MAX_EARLY) {
            early.addAll(sent);
        }
    }

    /** {@return whether entries are kept} */
    boolean isEarly() {
        return !early.isEmpty();
    }

    /** Passes the next kept entry on, or drops it if it is known. Returns false if the log must be read, because entries are missing. */
    boolean passEarly() {
        StoredEntry next = early.element();
        if (next.entry().position().sequence() <= position.sequence()) {
            early.remove();
        } else if (next.follows(position)) {
            early.remove();
            pass(next);
        } else {
            early.clear();
            return false;
        }
        return true;
    }

    /** The listener is not called any more. */
    void close() {
        closed = true;
    }
}
