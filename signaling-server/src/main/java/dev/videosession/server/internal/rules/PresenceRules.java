package dev.videosession.server.internal.rules;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.Member;

/**
 * The rules for joining, losing the socket, returning and leaving.
 *
 * @param maxConnections how many connections a session may have
 * @param roster how much the roster may hold
 * @param departures the events of leaving
 */
record PresenceRules(int maxConnections, RosterBounds roster, Departures departures) {
    Decision join(LoggedState state, Command.Join command) {
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
                : Decision.Accepted.of(new LoggedEvent.ConnectionCreated(command.connection(), command.pass()));
    }

    Decision leave(LoggedState state, Command.Leave command) {
        Member member = state.member(command.connectionId());
        return member == null
                ? Permissions.notConnected()
                : departures.of(state, member, command.reason(), command.detail(), command.message(), false);
    }

    Decision lose(LoggedState state, Command.Lose command) {
        ConnectionId id = command.connectionId();
        return change(state, id, false, new LoggedEvent.ConnectionReconnecting(id));
    }

    Decision returnToSession(LoggedState state, Command.Return command) {
        ConnectionId id = command.connectionId();
        return change(state, id, true, new LoggedEvent.ConnectionReconnected(id));
    }

    private static Decision change(LoggedState state, ConnectionId id, boolean whenLost, LoggedEvent event) {
        if (state.connection(id) == null) {
            return Permissions.notConnected();
        }
        return state.isLost(id) == whenLost ? Decision.Accepted.of(event) : Decision.Accepted.NOTHING;
    }
}
