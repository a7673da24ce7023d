package dev.videosession.server.internal.state;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.StreamChange;
import dev.videosession.protocol.message.StreamInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a session, as the log records it. The log gives it its sequence. */
public sealed interface LoggedEvent {

    /**
     * Calls the method of a visitor for the type of this event.
     *
     * @param visitor called on this thread, once
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <R> R accept(LoggedEvent.Visitor<R> visitor);

    /**
     * One method for each type of event. It has no default methods, so that a new type does not compile until every reader handles it.
     *
     * @param <R> type of the result
     */
    interface Visitor<R> {
        R onConnectionCreated(ConnectionCreated event);

        R onConnectionDestroyed(ConnectionDestroyed event);

        R onConnectionReconnecting(ConnectionReconnecting event);

        R onConnectionReconnected(ConnectionReconnected event);

        R onStreamCreated(StreamCreated event);

        R onStreamChanged(StreamChanged event);

        R onStreamDestroyed(StreamDestroyed event);

        R onSignal(Signal event);

        R onMuteForced(MuteForced event);
    }

    /**
     * Returns the form that clients receive, without what only the server needs.
     *
     * @param sequence the event's place in the log
     * @return the message
     */
    SequencedEvent toWire(long sequence);

    /**
     * Tells whether this event is about a connection. A client may ask not to receive these events.
     *
     * @return true for the four events about connections
     */
    boolean isAboutConnection();

    /** {@return the number of characters in this event that a client chose, for bounds on memory} */
    int textLength();

    /**
     * A client joined.
     *
     * @param connection the new connection
     * @param pass its token
     */
    record ConnectionCreated(ConnectionInfo connection, TokenPass pass) implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.ConnectionCreated(sequence, connection);
        }

        @Override
        public boolean isAboutConnection() {
            return true;
        }

        @Override
        public int textLength() {
            return connection.data().length();
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onConnectionCreated(this);
        }
    }

    /**
     * A connection ended.
     *
     * @param connectionId the connection
     * @param reason why
     * @param detail the cause
     * @param message for its user, or null
     * @param banned the token that is refused from now on, or null
     */
    record ConnectionDestroyed(
            ConnectionId connectionId,
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            @Nullable TokenPass banned)
            implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.ConnectionDestroyed(sequence, connectionId, reason, detail);
        }

        @Override
        public boolean isAboutConnection() {
            return true;
        }

        @Override
        public int textLength() {
            return 0;
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onConnectionDestroyed(this);
        }
    }

    /**
     * The socket of a connection was lost.
     *
     * @param connectionId the connection
     */
    record ConnectionReconnecting(ConnectionId connectionId) implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.ConnectionReconnecting(sequence, connectionId);
        }

        @Override
        public boolean isAboutConnection() {
            return true;
        }

        @Override
        public int textLength() {
            return 0;
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onConnectionReconnecting(this);
        }
    }

    /**
     * A client resumed its connection.
     *
     * @param connectionId the connection
     */
    record ConnectionReconnected(ConnectionId connectionId) implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.ConnectionReconnected(sequence, connectionId);
        }

        @Override
        public boolean isAboutConnection() {
            return true;
        }

        @Override
        public int textLength() {
            return 0;
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onConnectionReconnected(this);
        }
    }

    /**
     * A stream was published.
     *
     * @param stream the stream
     */
    record StreamCreated(StreamInfo stream) implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.StreamCreated(sequence, stream);
        }

        @Override
        public boolean isAboutConnection() {
            return false;
        }

        @Override
        public int textLength() {
            return stream.name().length();
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onStreamCreated(this);
        }
    }

    /**
     * Properties of a stream changed.
     *
     * @param streamId the stream
     * @param change the new values
     */
    record StreamChanged(StreamId streamId, StreamChange change) implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.StreamChanged(sequence, streamId, change);
        }

        @Override
        public boolean isAboutConnection() {
            return false;
        }

        @Override
        public int textLength() {
            return 0;
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onStreamChanged(this);
        }
    }

    /**
     * A stream ended.
     *
     * @param streamId the stream
     * @param connectionId its publisher
     * @param reason why
     */
    record StreamDestroyed(StreamId streamId, ConnectionId connectionId, StreamDestroyReason reason)
            implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.StreamDestroyed(sequence, streamId, connectionId, reason);
        }

        @Override
        public boolean isAboutConnection() {
            return false;
        }

        @Override
        public int textLength() {
            return 0;
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onStreamDestroyed(this);
        }
    }

    /**
     * A signal to every connection.
     *
     * @param from the sender, or null for the backend
     * @param signalType its type, or null
     * @param data its data, or null
     */
    record Signal(
            @Nullable ConnectionId from,
            @Nullable String signalType,
            @Nullable String data) implements LoggedEvent {
        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.Signal(sequence, from, signalType, data);
        }

        @Override
        public boolean isAboutConnection() {
            return false;
        }

        @Override
        public int textLength() {
            return data == null ? 0 : data.length();
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onSignal(this);
        }
    }

    /**
     * Streams were muted, or new streams are no longer muted.
     *
     * @param active true if streams were muted
     * @param newStreams true if this also holds for streams published later
     * @param streamIds the streams that were muted
     */
    record MuteForced(boolean active, boolean newStreams, List<StreamId> streamIds) implements LoggedEvent {
        public MuteForced {
            streamIds = List.copyOf(streamIds);
        }

        @Override
        public SequencedEvent toWire(long sequence) {
            return new SequencedEvent.MuteForced(sequence, active, newStreams, streamIds);
        }

        @Override
        public boolean isAboutConnection() {
            return false;
        }

        @Override
        public int textLength() {
            return 0;
        }

        @Override
        public <R> R accept(LoggedEvent.Visitor<R> visitor) {
            return visitor.onMuteForced(this);
        }
    }
}
