package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.LoggedEvent;
import java.util.List;

/**
 * The unit of the log: the events that one command caused, in order.
 *
 * @param position of the last event
 * @param events at least one
 */
public record LogEntry(Position position, List<LoggedEvent> events) {
    public LogEntry {
        events = List.copyOf(events);
    }
}
