package dev.videosession.server.internal.session;

import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.outbox.Outbox;

/** A socket that asks to become the socket of a connection. */
public interface ClientSocket {
    /**
     * Returns the way out of the socket.
     *
     * @return its outbox
     */
    Outbox outbox();

    /**
     * Returns the address of the client.
     *
     * @return its address
     */
    ClientAddress address();

    /**
     * Returns whether the client has asked to leave before the session took the socket. Can be called on any thread.
     *
     * @return true from then on, which is before the outbox is closed
     */
    boolean hasLeft();

    /**
     * The session took the socket. Called on the session's loop, before the answer is sent.
     *
     * @param session the session
     * @param connection the connection
     */
    void established(LiveSession session, ClientConnection connection);
}
