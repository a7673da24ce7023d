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
    private static final Details DETAILS = new Details();

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
        return event.accept(DETAILS, isolated);
    }

    private static final class Details implements SessionEvent.Visitor<UnaryOperator<String>, String> {
        @Override
        public String onSessionConnected(SessionEvent.SessionConnected event, UnaryOperator<String> isolated) {
            return "";
        }

        @Override
        public String onSessionDisconnected(SessionDisconnectEvent event, UnaryOperator<String> isolated) {
            return event.reason().wireName() + ", " + event.detail().wireName()
                    + event.message()
                            .map(message -> ": \"" + message(message, isolated) + "\"")
                            .orElse("");
        }

        @Override
        public String onSessionReconnecting(SessionEvent.SessionReconnecting event, UnaryOperator<String> isolated) {
            return "";
        }

        @Override
        public String onSessionReconnected(SessionEvent.SessionReconnected event, UnaryOperator<String> isolated) {
            return event.startedOver() ? "with a new connection: the server had lost the session" : "";
        }

        @Override
        public String onConnectionCreated(SessionEvent.ConnectionCreated event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.connection()));
        }

        @Override
        public String onConnectionDestroyed(SessionEvent.ConnectionDestroyed event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.connection())) + ", "
                    + event.reason().wireName() + ", " + event.detail().wireName();
        }

        @Override
        public String onConnectionReconnecting(
                SessionEvent.ConnectionReconnecting event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.connection()));
        }

        @Override
        public String onConnectionReconnected(
                SessionEvent.ConnectionReconnected event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.connection()));
        }

        @Override
        public String onStreamCreated(SessionEvent.StreamCreated event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.stream()));
        }

        @Override
        public String onStreamDestroyed(StreamDestroyedEvent event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.stream())) + ", "
                    + event.reason().wireName();
        }

        @Override
        public String onStreamPropertyChanged(
                SessionEvent.StreamPropertyChanged event, UnaryOperator<String> isolated) {
            return isolated.apply(Names.of(event.stream())) + ", "
                    + event.changedProperty().wireName() + ": " + event.oldValue() + " -> " + event.newValue();
        }

        @Override
        public String onSignal(SessionEvent.Signal event, UnaryOperator<String> isolated) {
            return message(event.data(), isolated);
        }

        @Override
        public String onMuteForced(SessionEvent.MuteForced event, UnaryOperator<String> isolated) {
            return String.valueOf(event.active());
        }

        @Override
        public String onExceptionRaised(SessionEvent.ExceptionRaised event, UnaryOperator<String> isolated) {
            return event.error().errorName() + ": " + message(event.error().getMessage(), isolated);
        }
    }
}
