package dev.videosession.app.event;

import dev.videosession.app.grid.Names;
import dev.videosession.session.DisplayText;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.StreamDestroyedEvent;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An event in a few words. */
public final class EventText {
    private static final int LONGEST_MESSAGE = 300;

    private EventText() {}

    /**
     * Tells an event in one line, for a terminal.
     *
     * @param event any
     * @return its type, and what it is about
     */
    public static String of(SessionEvent event) {
        String details = details(event, DisplayText::isolate);
        return details.isEmpty() ? event.type() : String.format("%-20s %s", event.type(), details);
    }

    /**
     * Tells what an event is about, for a Swing component.
     *
     * @param event any
     * @return names, reasons and values; empty if the type says it all
     */
    public static String details(SessionEvent event) {
        return details(event, DisplayText::isolateInSwing);
    }

    /**
     * Makes a message that another participant or the server wrote fit for a sentence in a Swing component.
     *
     * @param text the message
     * @return the message, cleaned, shortened and set apart
     */
    public static String message(@Nullable String text) {
        return message(text, DisplayText::isolateInSwing);
    }

    private static String message(@Nullable String text, UnaryOperator<String> isolated) {
        return text == null ? "" : isolated.apply(DisplayText.of(text, LONGEST_MESSAGE));
    }

    private static String details(SessionEvent event, UnaryOperator<String> isolated) {
        if (event instanceof SessionDisconnectEvent e) {
            return e.reason().wireName() + ", " + e.detail().wireName()
                    + e.message()
                            .map(message -> ": \"" + message(message, isolated) + "\"")
                            .orElse("");
        } else if (event instanceof SessionEvent.SessionReconnected e) {
            return e.startedOver() ? "with a new connection: the server had forgotten the old one" : "";
        } else if (event instanceof SessionEvent.ConnectionCreated e) {
            return isolated.apply(Names.of(e.connection()));
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            return isolated.apply(Names.of(e.connection())) + ", " + e.reason().wireName() + ", "
                    + e.detail().wireName();
        } else if (event instanceof SessionEvent.ConnectionReconnecting e) {
            return isolated.apply(Names.of(e.connection()));
        } else if (event instanceof SessionEvent.ConnectionReconnected e) {
            return isolated.apply(Names.of(e.connection()));
        } else if (event instanceof SessionEvent.StreamCreated e) {
            return isolated.apply(Names.of(e.stream()));
        } else if (event instanceof StreamDestroyedEvent e) {
            return isolated.apply(Names.of(e.stream())) + ", " + e.reason().wireName();
        } else if (event instanceof SessionEvent.StreamPropertyChanged e) {
            return isolated.apply(Names.of(e.stream())) + ", " + e.changedProperty() + ": " + e.oldValue() + " -> "
                    + e.newValue();
        } else if (event instanceof SessionEvent.Signal e) {
            return message(e.data(), isolated);
        } else if (event instanceof SessionEvent.MuteForced e) {
            return String.valueOf(e.active());
        } else if (event instanceof SessionEvent.ExceptionRaised e) {
            return e.error().errorName() + ": " + message(e.error().getMessage(), isolated);
        }
        return "";
    }
}
