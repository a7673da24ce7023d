package dev.videosession.server.internal.state;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;

/**
 * The rules for joining, losing the socket, returning and leaving.
 *
 * @param maxConnections how many connections a session may have
 * @param roster how much the roster may hold
 * @param departures the events of leaving
 */
record PresenceRules(int maxConnections, RosterBounds roster, Departures departures) {
    Decision join(SessionState state, Command.Join command) {
        if (state.isBanned(command.pass())) {
            return new Decision.Rejected(
                    ErrorCode.AUTHENTICATION_ERROR, "The holder of this token is banned from the session.");
        }
        if (state.connection(command.connection().connectionId()) != null) {
            return new Decision.Rejected(ErrorCode.INTERNAL_ERROR, "The connection id is in use.");
        }
        if (state.connectionCount() >= maxConnections) {
            return new Decision.Rejected(
                    ErrorCode.CONNECTION_LIMIT_EXCEEDED,
                    "The session is full: it has " + maxConnections + " connections.");
        }
        Decision refusal = roster.refusal(state, command);
        return refusal != null
                ? refusal
                : Decision.Accepted.of(new SessionEvent.ConnectionCreated(command.connection(), command.pass()));
    }

    Decision leave(SessionState state, Command.Leave command) {
        Member member = state.member(command.connectionId());
        return member == null
                ? Permissions.notConnected()
                : departures.of(state, member, command.reason(), command.detail(), command.message(), false);
    }

    Decision lose(SessionState state, Command.Lose command) {
        ConnectionId id = command.connectionId();
        return change(state, id, false, new SessionEvent.ConnectionReconnecting(id));
    }

    Decision returnToSession(SessionState state, Command.Return command) {
        ConnectionId id = command.connectionId();
        return change(state, id, true, new SessionEvent.ConnectionReconnected(id));
    }

    private static Decision change(SessionState state, ConnectionId id, boolean whenLost, SessionEvent event) {
        if (state.connection(id) == null) {
            return Permissions.notConnected();
        }
        return state.isLost(id) == whenLost ? Decision.Accepted.of(event) : Decision.Accepted.NOTHING;
    }
}
