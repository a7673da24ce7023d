package dev.videosession.server.internal.engine;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.Link;

/** Follows what other servers do, besides what they log. Called on the session's loop. */
public interface ClusterListener {
    /** For a session without other servers. */
    ClusterListener NONE = new ClusterListener() {
        @Override
        public void opened() {
            throw new IllegalStateException("a log in memory is open at once");
        }

        @Override
        public void message(ConnectionId to, ServerMessage message) {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public void mailed(ConnectionId connection, int bytes) {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public boolean mail(ConnectionId to, ServerMessage message) {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public void released() {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public void given(ConnectionId connection) {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public void missedMessages(Runnable then) {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public Link actual(Link recorded) {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public void diverged() {
            throw new IllegalStateException("a log in memory loses no entries");
        }
    };

    /** The state that other servers, and this one in the past, have logged was read. */
    void opened();

    /**
     * Another server sends a message to one of this server's connections.
     *
     * @param to the connection
     * @param message the message
     */
    void message(ConnectionId to, ServerMessage message);

    /**
     * A message waits in the log for a connection of this server.
     *
     * @param connection the connection
     * @param bytes length of the message, or 0 if that is not known
     */
    void mailed(ConnectionId connection, int bytes);

    /**
     * Delivers a message that has waited in the log.
     *
     * @param to the connection
     * @param message the message
     * @return false if its client cannot receive it now
     */
    boolean mail(ConnectionId to, ServerMessage message);

    /** Another server has taken a connection of this one over. */
    void released();

    /**
     * Another server hands a connection over to this one.
     *
     * @param connection the connection
     */
    void given(ConnectionId connection);

    /**
     * Messages of other servers may have been lost.
     *
     * @param then to be called when what they said was read
     */
    void missedMessages(Runnable then);

    /**
     * Returns a link as its ends see it.
     *
     * @param recorded a link whose publisher publishes its stream
     * @return the same, or in a routed session the link from the router
     */
    Link actual(Link recorded);

    /** The log lost entries that this server has read. Its copy of the session must be closed. */
    void diverged();
}
