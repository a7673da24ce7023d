package dev.videosession.app.event;

import dev.videosession.app.grid.Names;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.StreamDestroyedEvent;

/** An event in a few words. */
public final class EventText {
    private EventText() {}

    /**
     * Tells an event in one line.
     *
     * @param event any
     * @return its type, and what it is about
     */
    public static String of(SessionEvent event) {
        String details = details(event);
        return details.isEmpty() ? event.type() : String.format("%-20s %s", event.type(), details);
    }

    /**
     * Tells what an event is about.
     *
     * @param event any
     * @return names, reasons and values; empty if the type says it all
     */
    public static String details(SessionEvent event) {
        if (event instanceof SessionDisconnectEvent e) {
            return e.reason().wireName() + ", " + e.detail().wireName()
                    + e.message().map(message -> ": \"" + message + "\"").orElse("");
        } else if (event instanceof SessionEvent.SessionReconnected e) {
            return e.startedOver() ? "with a new connection: the server had forgotten the old one" : "";
        } else if (event instanceof SessionEvent.ConnectionCreated e) {
            return Names.of(e.connection());
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            return Names.of(e.connection()) + ", " + e.reason().wireName() + ", "
                    + e.detail().wireName();
        } else if (event instanceof SessionEvent.ConnectionReconnecting e) {
            return Names.of(e.connection());
        } else if (event instanceof SessionEvent.ConnectionReconnected e) {
            return Names.of(e.connection());
        } else if (event instanceof SessionEvent.StreamCreated e) {
            return Names.of(e.stream());
        } else if (event instanceof StreamDestroyedEvent e) {
            return Names.of(e.stream()) + ", " + e.reason().wireName();
        } else if (event instanceof SessionEvent.StreamPropertyChanged e) {
            return Names.of(e.stream()) + ", " + e.changedProperty() + ": " + e.oldValue() + " -> " + e.newValue();
        } else if (event instanceof SessionEvent.Signal e) {
            return String.valueOf(e.data());
        } else if (event instanceof SessionEvent.MuteForced e) {
            return String.valueOf(e.active());
        } else if (event instanceof SessionEvent.ExceptionRaised e) {
            return e.error().errorName() + ": " + e.error().getMessage();
        }
        return "";
    }
}
