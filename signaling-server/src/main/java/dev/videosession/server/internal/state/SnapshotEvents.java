package dev.videosession.server.internal.state;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ConnectionInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the state of a session as events that lead to it from a state without events. */
final class SnapshotEvents {
    private SnapshotEvents() {}

    /** Connections that are not there any more stand for the bans, and for the client that opened the session if it has left. */
    static List<LoggedEvent> of(LoggedState state, Collection<TokenPass> bans) {
        List<LoggedEvent> events = new ArrayList<>();
        for (TokenPass banned : bans) {
            ConnectionInfo holder = new ConnectionInfo(new ConnectionId("banned"), 0, "", Role.SUBSCRIBER);
            events.add(new LoggedEvent.ConnectionCreated(holder, banned));
            events.add(gone(holder, banned));
        }
        boolean openerLeft =
                state.members().stream().limit(1).anyMatch(oldest -> oldest.info.creationTime() != state.openedAt());
        ConnectionInfo opener = new ConnectionInfo(new ConnectionId("opener"), state.openedAt(), "", Role.SUBSCRIBER);
        if (openerLeft) {
            events.add(new LoggedEvent.ConnectionCreated(opener, new TokenPass("", 0)));
        }
        for (Member member : state.members()) {
            events.add(new LoggedEvent.ConnectionCreated(member.info, member.pass));
            if (member.lost) {
                events.add(new LoggedEvent.ConnectionReconnecting(member.info.connectionId()));
            }
        }
        if (openerLeft) {
            events.add(gone(opener, null));
        }
        state.streams().forEach(stream -> events.add(new LoggedEvent.StreamCreated(stream)));
        if (state.forceMuted()) {
            events.add(new LoggedEvent.MuteForced(true, true, List.of()));
        }
        return events;
    }

    private static LoggedEvent gone(ConnectionInfo connection, @Nullable TokenPass banned) {
        return new LoggedEvent.ConnectionDestroyed(
                connection.connectionId(), DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, null, banned);
    }
}
