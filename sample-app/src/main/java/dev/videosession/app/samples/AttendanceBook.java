package dev.videosession.app.samples;

import dev.videosession.session.Connection;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionListener;
import java.util.function.Consumer;

/**
 * Writes down who came and how they went, as the others see it: whether somebody said goodbye, was removed, or was given
 * up after silence. A client that comes back within its window is the same connection and neither goes nor comes.
 */
public final class AttendanceBook implements SessionListener {
    private final Consumer<String> book;

    /**
     * Makes the listener; the caller adds it to the session.
     *
     * @param book takes a line
     */
    public AttendanceBook(Consumer<String> book) {
        this.book = book;
    }

    @Override
    public void onConnectionCreated(SessionEvent.ConnectionCreated event) {
        book.accept(name(event.connection()) + " came");
    }

    @Override
    public void onConnectionReconnecting(SessionEvent.ConnectionReconnecting event) {
        book.accept(name(event.connection()) + " is out of reach");
    }

    @Override
    public void onConnectionReconnected(SessionEvent.ConnectionReconnected event) {
        book.accept(name(event.connection()) + " is back");
    }

    @Override
    public void onConnectionDestroyed(SessionEvent.ConnectionDestroyed event) {
        String how = switch (event.reason()) {
            case CLIENT_DISCONNECTED -> "left";
            case FORCE_DISCONNECTED -> "was removed (" + event.detail().wireName() + ")";
            case NETWORK_DISCONNECTED -> "was lost (" + event.detail().wireName() + ")";
        };
        book.accept(name(event.connection()) + " " + how);
    }

    private static String name(Connection connection) {
        return connection.data();
    }
}
