package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.LoggedEvent;
import java.util.List;

/**
 * A session as a server finds it in the log that other servers have written.
 *
 * @param snapshotSequence number of the last event that the snapshot contains, 0 without a snapshot
 * @param snapshot events that lead to the state at this point
 * @param later the entries after it, in order
 * @param position of the last entry
 */
public record SessionImage(long snapshotSequence, List<LoggedEvent> snapshot, List<LogEntry> later, Position position) {
    public SessionImage {
        snapshot = List.copyOf(snapshot);
        later = List.copyOf(later);
    }
}
