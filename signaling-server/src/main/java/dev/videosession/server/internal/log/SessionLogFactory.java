package dev.videosession.server.internal.log;

import dev.videosession.protocol.SessionId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Opens the logs of a server's sessions. Thread-safe. */
public interface SessionLogFactory {
    /**
     * Returns the number under which this server owns connections.
     *
     * @return a number that no other server has, and that this one did not have before a restart
     */
    long epoch();

    /** {@return whether other processes may write the same logs} */
    default boolean isShared() {
        return false;
    }

    /**
     * Lists the sessions with a connection at any of the servers that share the logs.
     *
     * @return their ids, none if the logs are not shared; fails with {@link java.io.IOException} if they cannot be read
     */
    default CompletionStage<List<SessionId>> sessions() {
        return CompletableFuture.completedFuture(List.of());
    }

    /**
     * Opens the log of a session, at its first entry.
     *
     * @param session the session, whose log this server has not open
     * @param loop runs tasks on the session's loop
     * @param listener called on the session's loop, not before this method returns
     * @return the log, to be closed when this server holds the session no longer
     */
    SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener);
}
