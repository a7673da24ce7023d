package dev.videosession.server.internal.log;

import dev.videosession.server.internal.state.SessionEvent;
import java.util.List;

/**
 * The unit of the log: the events that one command caused, in order.
 *
 * @param position of the last event
 * @param events at least one
 */
public record Entry(Position position, List<SessionEvent> events) {
    public Entry {
        events = List.copyOf(events);
    }
}
