package dev.videosession.server.internal.redis.schema;

import com.squareup.moshi.JsonDataException;
import dev.videosession.server.internal.log.EventHistory;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayList;
import java.util.List;

/** A session as Redis holds it. */
public final class StoredImage {
    private StoredImage() {}

    /**
     * Reads a session.
     *
     * @param json reads events
     * @param snapshot its sequence and its data, or nulls, or nothing
     * @param entries all that the log holds
     * @param history gets the entries
     * @return the session
     * @throws JsonDataException if something is missing, or this release cannot read it
     */
    public static SessionImage read(
            EventJson json, List<Object> snapshot, List<StoredEntry> entries, EventHistory history) {
        long snapshotSequence = 0;
        List<LoggedEvent> rebuilding = List.of();
        if (!snapshot.isEmpty() && snapshot.get(0) != null && snapshot.get(1) != null) {
            snapshotSequence = Long.parseLong(RedisLink.text(snapshot.get(0)));
            rebuilding = Snapshot.read(json, (byte[]) snapshot.get(1));
        }
        Position position = Position.START;
        List<LogEntry> later = new ArrayList<>();
        boolean first = true;
        for (StoredEntry stored : entries) {
            LogEntry entry = stored.entry();
            long before = entry.position().sequence() - entry.events().size();
            if (first) {
                first = false;
                if (before > snapshotSequence) {
                    throw new JsonDataException(
                            "it begins after " + before + ", its snapshot ends at " + snapshotSequence);
                }
                history.startAfter(before);
            } else if (!stored.follows(position)) {
                throw new JsonDataException("it has a gap after " + position.sequence());
            }
            position = entry.position();
            history.add(entry.events());
            if (position.sequence() > snapshotSequence) {
                later.add(entry);
            }
        }
        if (position.sequence() < snapshotSequence) {
            throw new JsonDataException("it ends before its snapshot");
        }
        return new SessionImage(snapshotSequence, rebuilding, later, position);
    }
}
