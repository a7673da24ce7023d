package dev.videosession.server.internal.rules;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.codec.RosterSize;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.Member;
import dev.videosession.server.internal.state.RosterLoad;
import dev.videosession.server.internal.state.TokenPass;
import org.jspecify.annotations.Nullable;

/**
 * How much the roster of a session may hold. Every client that joins receives all of it. Pure.
 *
 * @param connectionsPerToken connections that share a token
 * @param bytesPerConnection bytes of one connection and its streams, as encoded
 * @param bytesPerSession bytes of all connections and streams; the connections that share a token may fill half of it
 */
public record RosterBounds(int connectionsPerToken, int bytesPerConnection, int bytesPerSession) {
    /** No bounds. */
    public static final RosterBounds NONE = new RosterBounds(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    Decision.@Nullable Rejected refusal(LoggedState state, Command.Join c) {
        RosterLoad load = state.load();
        if (load.connections(c.pass()) >= connectionsPerToken) {
            return new Decision.Rejected(
                    ErrorCode.CONNECTION_LIMIT_EXCEEDED,
                    "This token has " + connectionsPerToken
                            + " connections, the most that one token permits. Create a token for each client.");
        }
        return refusal(load, c.pass(), RosterSize.of(c.connection()), ErrorCode.CONNECTION_LIMIT_EXCEEDED);
    }

    Decision.@Nullable Rejected refusal(LoggedState state, Member publisher, StreamInfo stream) {
        int more = RosterSize.of(stream);
        if (publisher.rosterBytes() + more > bytesPerConnection) {
            return new Decision.Rejected(
                    ErrorCode.STREAM_LIMIT_EXCEEDED,
                    "The data of a connection and the names of its streams may have " + bytesPerConnection
                            + " bytes in total. Use shorter names.");
        }
        return refusal(state.load(), publisher.pass(), more, ErrorCode.STREAM_LIMIT_EXCEEDED);
    }

    private Decision.@Nullable Rejected refusal(RosterLoad load, TokenPass pass, int more, ErrorCode code) {
        if (load.bytes(pass) + more > bytesPerSession / 2) {
            return new Decision.Rejected(
                    code,
                    "The connections that share this token have filled their half of the session's roster. Use shorter names and data.");
        }
        return load.bytes() + more > bytesPerSession
                ? new Decision.Rejected(code, "The session is full: its roster has " + bytesPerSession + " bytes.")
                : null;
    }
}
