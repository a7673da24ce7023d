package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.Link;
import java.util.List;
import java.util.Optional;

/** What is kept beside the events of a session. Read on the session's loop. */
public interface SessionRecords {
    /**
     * Finds the reply to a request.
     *
     * @param connection the connection that sent it
     * @param requestId the request's id
     * @return the reply, or empty if there was none or it is forgotten
     */
    Optional<ServerMessage.Reply> reply(ConnectionId connection, long requestId);

    /**
     * Tells whether the reply to a request may have been forgotten. The newest replies of a connection are kept.
     *
     * @param connection the connection that sent it
     * @param requestId the request's id
     * @return true if the request must not be carried out, because that may have happened before
     */
    boolean isForgotten(ConnectionId connection, long requestId);

    /**
     * Finds the record of a connection.
     *
     * @param connection the connection
     * @return its record, or empty once it has ended
     */
    Optional<ConnectionRecord> connection(ConnectionId connection);

    /**
     * Finds how a connection ended.
     *
     * @param connection a connection whose records were {@linkplain SessionLog#fetch fetched}
     * @return its end, or empty if it is not known or too long ago
     */
    Optional<EndRecord> end(ConnectionId connection);

    /**
     * Returns the open links.
     *
     * @return a copy
     */
    List<Link> links();
}
