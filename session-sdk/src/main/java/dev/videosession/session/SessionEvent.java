package dev.videosession.session;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a session. Listeners and observers of {@link Session#events()} receive the same objects in
 * the same order.
 */
public sealed interface SessionEvent
        permits SessionEvent.SessionConnected,
                SessionDisconnectEvent,
                SessionEvent.SessionReconnecting,
                SessionEvent.SessionReconnected,
                SessionEvent.ConnectionCreated,
                SessionEvent.ConnectionDestroyed,
                SessionEvent.ConnectionReconnecting,
                SessionEvent.ConnectionReconnected,
                SessionEvent.StreamCreated,
                StreamDestroyedEvent,
                SessionEvent.StreamPropertyChanged,
                SessionEvent.Signal,
                SessionEvent.MuteForced,
                SessionEvent.ExceptionRaised {

    /** {@return OpenTok's name of the event, for instance {@code sessionConnected}} */
    String type();

    /**
     * Calls the method of a visitor for the type of this event.
     *
     * @param visitor called on this thread, once
     * @param parameter passed to the visitor
     * @param <P> type of the parameter
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <P, R> R accept(Visitor<P, R> visitor, P parameter);

    /**
     * One method for each type of event, for an application that wants the compiler to check that it handles every type. It
     * has no default methods, so that your visitor does not compile against a version that adds an event until it
     * handles it. Use a {@link SessionListener} to handle some types only.
     *
     * @param <P> type of the parameter of every method
     * @param <R> type of the result
     */
    interface Visitor<P, R> {
        R onSessionConnected(SessionConnected event, P parameter);

        R onSessionDisconnected(SessionDisconnectEvent event, P parameter);

        R onSessionReconnecting(SessionReconnecting event, P parameter);

        R onSessionReconnected(SessionReconnected event, P parameter);

        R onConnectionCreated(ConnectionCreated event, P parameter);

        R onConnectionDestroyed(ConnectionDestroyed event, P parameter);

        R onConnectionReconnecting(ConnectionReconnecting event, P parameter);

        R onConnectionReconnected(ConnectionReconnected event, P parameter);

        R onStreamCreated(StreamCreated event, P parameter);

        R onStreamDestroyed(StreamDestroyedEvent event, P parameter);

        R onStreamPropertyChanged(StreamPropertyChanged event, P parameter);

        R onSignal(Signal event, P parameter);

        R onMuteForced(MuteForced event, P parameter);

        R onExceptionRaised(ExceptionRaised event, P parameter);
    }

    /**
     * The session is connected. Events about everything that is already there follow.
     *
     * @param connection this client's own connection
     */
    record SessionConnected(Connection connection) implements SessionEvent {
        @Override
        public String type() {
            return "sessionConnected";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onSessionConnected(this, parameter);
        }
    }

    /**
     * The connection to the server is lost; the session reconnects by itself. Media continues where it can. Either
     * {@link SessionReconnected} or {@link SessionDisconnectEvent} follows.
     */
    record SessionReconnecting() implements SessionEvent {
        @Override
        public String type() {
            return "sessionReconnecting";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onSessionReconnecting(this, parameter);
        }
    }

    /**
     * The session is reconnected. Usually the connection is the same, and the events that were missed came before this one.
     * If the server had lost its state of the session, as after a restart, the connection is a new one: events reported the
     * end of every earlier connection and stream, own streams are being published again, and events about what is there now
     * follow.
     *
     * @param connection this client's own connection
     * @param startedOver true for a new connection, see {@link SessionBuilder#startOver}
     */
    record SessionReconnected(Connection connection, boolean startedOver) implements SessionEvent {
        @Override
        public String type() {
            return "sessionReconnected";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onSessionReconnected(this, parameter);
        }
    }

    /**
     * A client connected, or was there when the session connected. The own connection is announced too.
     *
     * @param connection the client
     */
    record ConnectionCreated(Connection connection) implements SessionEvent {
        @Override
        public String type() {
            return "connectionCreated";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onConnectionCreated(this, parameter);
        }
    }

    /**
     * Another client disconnected. Its streams were destroyed before.
     *
     * @param connection the client
     * @param reason why it disconnected
     * @param detail the cause behind the reason
     */
    record ConnectionDestroyed(Connection connection, DisconnectReason reason, DisconnectDetail detail)
            implements SessionEvent {
        @Override
        public String type() {
            return "connectionDestroyed";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onConnectionDestroyed(this, parameter);
        }
    }

    /**
     * Another client lost its connection to the server and may reconnect. An addition to OpenTok's events.
     *
     * @param connection the client
     */
    record ConnectionReconnecting(Connection connection) implements SessionEvent {
        @Override
        public String type() {
            return "connectionReconnecting";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onConnectionReconnecting(this, parameter);
        }
    }

    /**
     * Another client reconnected. An addition to OpenTok's events.
     *
     * @param connection the client
     */
    record ConnectionReconnected(Connection connection) implements SessionEvent {
        @Override
        public String type() {
            return "connectionReconnected";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onConnectionReconnected(this, parameter);
        }
    }

    /**
     * Another client published a stream, or the stream was there when the session connected.
     *
     * @param stream the stream
     */
    record StreamCreated(Stream stream) implements SessionEvent {
        @Override
        public String type() {
            return "streamCreated";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onStreamCreated(this, parameter);
        }
    }

    /**
     * A property of a stream changed. Own streams are included.
     *
     * @param stream the stream, with the new value
     * @param changedProperty the property; it determines the type of the values
     * @param oldValue the value before, or null if there was none
     * @param newValue the new value
     */
    record StreamPropertyChanged(
            Stream stream,
            ChangedProperty changedProperty,
            @Nullable Object oldValue,
            @Nullable Object newValue) implements SessionEvent {
        @Override
        public String type() {
            return "streamPropertyChanged";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onStreamPropertyChanged(this, parameter);
        }
    }

    /**
     * A signal arrived. Own signals to all connections arrive too.
     *
     * @param signalType the sender's type, or null
     * @param data the sender's data, or null
     * @param from the sender, or null if the backend sent it or the sender has left
     */
    record Signal(
            @Nullable String signalType,
            @Nullable String data,
            @Nullable Connection from) implements SessionEvent {
        @Override
        public String type() {
            return signalType == null ? "signal" : "signal:" + signalType;
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onSignal(this, parameter);
        }
    }

    /**
     * A moderator muted streams, or lets new ones start with audio again.
     *
     * @param active false after {@link Session#disableForceMute()}
     */
    record MuteForced(boolean active) implements SessionEvent {
        @Override
        public String type() {
            return "muteForced";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onMuteForced(this, parameter);
        }
    }

    /**
     * Connecting failed, or an error ended an established session; in the second case {@link SessionDisconnectEvent} follows.
     *
     * @param error what failed
     */
    record ExceptionRaised(SessionException error) implements SessionEvent {
        @Override
        public String type() {
            return "exception";
        }

        @Override
        public <P, R> R accept(SessionEvent.Visitor<P, R> visitor, P parameter) {
            return visitor.onExceptionRaised(this, parameter);
        }
    }
}
