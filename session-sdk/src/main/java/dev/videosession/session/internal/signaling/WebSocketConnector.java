package dev.videosession.session.internal.signaling;

import java.net.URI;

/** Opens WebSockets. The real one is {@link OkHttpConnector}; tests bring their own. */
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
         * @return false if the socket is closing or has too much waiting
         */
        boolean send(String text);

        /** Closes in order, after what was sent before. */
        void close();

        /** Drops the socket at once. */
        void abort();
    }

    /** Told what happens to a socket. After {@code onClosed} or {@code onFailure} comes nothing more. */
    interface Events {
        /**
         * The other side's machine, or a proxy on the way, has taken the connection; whether a server answers there is not known
         * yet. May be left out or told more than once.
         */
        default void onReached() {}

        /**
         * Bytes arrived, be they part of a message or not. Called on the thread that reads, often; returns at once. May be
         * left out: then silence is measured from the last message.
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
         * @param cause why
         * @param httpStatus of a refused upgrade, or 0
         */
        void onFailure(Throwable cause, int httpStatus);
    }
}
