package dev.videosession.server.internal.rules;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.Member;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of connections that leave: first the end of each stream, then the end of the connection.
 *
 * @param closesWithLastModerator whether the session is closed when its last moderator leaves
 */
record Departures(boolean closesWithLastModerator) {
    static final String LAST_MODERATOR_LEFT = "The last moderator left the session.";

    /**
     * One connection leaves, and every other one if it is the last moderator and the session closes with it.
     *
     * @param state of the session
     * @param member the connection
     * @param reason why it leaves
     * @param detail the cause
     * @param message for its user, or null
     * @param ban whether its token is refused from now on
     * @return the events
     */
    Decision.Accepted of(
            LoggedState state,
            Member member,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            boolean ban) {
        List<LoggedEvent> events = new ArrayList<>();
        add(events, member, reason, detail, message, ban);
        if (closesWithLastModerator && state.isOnlyModerator(member)) {
            state.others(member).forEach(other -> addClosed(events, other, LAST_MODERATOR_LEFT));
        }
        return new Decision.Accepted(events);
    }

    /**
     * The session is closed: every connection leaves.
     *
     * @param state of the session
     * @param message for the users, or null
     * @return the events
     */
    static Decision.Accepted ofAll(LoggedState state, @Nullable String message) {
        List<LoggedEvent> events = new ArrayList<>();
        state.members().forEach(member -> addClosed(events, member, message));
        return new Decision.Accepted(events);
    }

    private static void addClosed(List<LoggedEvent> events, Member member, @Nullable String message) {
        DisconnectReason reason = DisconnectReason.FORCE_DISCONNECTED;
        add(events, member, reason, DisconnectDetail.SESSION_CLOSED, message, false);
    }

    private static void add(
            List<LoggedEvent> events,
            Member member,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            boolean ban) {
        ConnectionId id = member.info().connectionId();
        StreamDestroyReason streamReason = StreamDestroyReason.of(reason);
        member.streams().forEach(stream -> events.add(new LoggedEvent.StreamDestroyed(stream, id, streamReason)));
        events.add(new LoggedEvent.ConnectionDestroyed(id, reason, detail, message, ban ? member.pass() : null));
    }
}
