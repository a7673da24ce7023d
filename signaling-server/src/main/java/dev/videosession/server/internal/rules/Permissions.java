package dev.videosession.server.internal.rules;

import dev.videosession.protocol.Capabilities;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.Member;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Checks whether a connection is in the session and what its role permits. */
final class Permissions {
    private Permissions() {}

    /**
     * Checks a capability.
     *
     * @param state of the session
     * @param by the connection that asks, or null for the backend, which is permitted everything
     * @param capability what the command needs
     * @param code for a role without the capability
     * @param message for a role without the capability
     * @return why the command is refused, or null if it is permitted; a connection that is permitted is in the session
     */
    static Decision.@Nullable Rejected refusal(
            LoggedState state,
            @Nullable ConnectionId by,
            Predicate<Capabilities> capability,
            ErrorCode code,
            String message) {
        if (by == null) {
            return null;
        }
        Member member = state.member(by);
        if (member == null) {
            return notConnected();
        }
        return capability.test(member.info().role().capabilities()) ? null : new Decision.Rejected(code, message);
    }

    static Decision.Rejected notConnected() {
        return new Decision.Rejected(ErrorCode.NOT_CONNECTED, "The connection is not in the session.");
    }
}
