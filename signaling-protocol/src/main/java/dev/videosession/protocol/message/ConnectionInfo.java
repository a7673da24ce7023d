package dev.videosession.protocol.message;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.text.Text;

/**
 * One client in a session, as all participants see it.
 *
 * @param connectionId its id
 * @param creationTime when it connected, milliseconds since the epoch on the server's clock
 * @param data what its token carries about it, at most {@link Limits#CONNECTION_DATA} characters
 * @param role its role
 */
public record ConnectionInfo(ConnectionId connectionId, long creationTime, String data, Role role) {
    public ConnectionInfo {
        Text.require("connectionId", connectionId);
        Text.requireText("data", data);
        Text.require("role", role);
    }
}
