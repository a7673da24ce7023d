package dev.videosession.session.internal.signaling;

import java.net.URI;

/** Opens WebSockets. Implemented by {@link OkHttpConnector} and by tests. */
public interface WebSocketConnector {
    /**
     * Begins to open a socket.
     *
     * @param uri {@code ws}, {@code wss}, {@code http} or {@code https}
     * @param events called on threads of the connector, in order, one at a time, possibly before this method returns
     * @return the socket
     */
    Socket open(URI uri, Events events);

    /** A WebSocket. Methods may be called on any thread and return at once. */
    interface Socket {
        /**
         * Sends a text message.
         *
         * @param text the message
         * @return false if the socket is closing or its queue is full
         */
        boolean send(String text);

        /** Closes in order, after what was sent before. */
        void close();

        /** Drops the socket at once. */
        void abort();
    }

    /** Receives what happens to a socket. No call follows {@code onClosed} or {@code onFailure}. */
    interface Events {
        /**
         * The host, or a proxy on the way, has accepted the connection; whether a server answers is not known yet. Optional; may
         * be called more than once.
         */
        default void onReached() {}

        /**
         * Bytes arrived, a complete message or not. Called often, on the thread that reads; must return at once. Optional: without
         * it silence is measured from the last message.
         */
        default void onBytes() {}

        /** The socket is open. */
        void onOpen();

        /**
         * A text message arrived.
         *
         * @param text the message
         */
        void onText(String text);

        /**
         * The server closed the socket.
         *
         * @param code WebSocket close code
         * @param reason text of the close frame
         */
        void onClosed(int code, String reason);

        /**
         * The socket failed, or never opened.
         *
         * @param cause the failure
         * @param httpStatus of a refused upgrade, or 0
         */
        void onFailure(Throwable cause, int httpStatus);
    }
}
