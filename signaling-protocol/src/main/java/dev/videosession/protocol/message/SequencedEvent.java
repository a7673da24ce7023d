package dev.videosession.protocol.message;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.text.Text;
import dev.videosession.protocol.text.WellFormedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the session. Every client receives the same events in the same order. The sequence is the cursor with which a
 * client resumes.
 */
public sealed interface SequencedEvent extends ServerMessage {
    /** {@return the position in the session's log: 1 for the first event, and one more for each event after it} */
    long sequence();

    /**
     * Calls the method of a visitor for the type of this event.
     *
     * @param visitor called on this thread, once
     * @param <R> type of the result
     * @return what the visitor returned
     */
    <R> R accept(SequencedEvent.Visitor<R> visitor);

    @Override
    default <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.onEvent(this);
    }

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
     * A client joined.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connection the new connection
     */
    record ConnectionCreated(long sequence, ConnectionInfo connection) implements SequencedEvent {
        public ConnectionCreated {
            Text.require("connection", connection);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onConnectionCreated(this);
        }
    }

    /**
     * A connection ended. {@link StreamDestroyed} for each of its streams came before.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connectionId the connection
     * @param reason why
     * @param detail the cause
     */
    record ConnectionDestroyed(
            long sequence, ConnectionId connectionId, DisconnectReason reason, DisconnectDetail detail)
            implements SequencedEvent {
        public ConnectionDestroyed {
            Text.require("connectionId", connectionId);
            Text.require("reason", reason);
            Text.require("detail", detail);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onConnectionDestroyed(this);
        }
    }

    /**
     * The socket of a connection was lost. The client may resume.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connectionId the connection
     */
    record ConnectionReconnecting(long sequence, ConnectionId connectionId) implements SequencedEvent {
        public ConnectionReconnecting {
            Text.require("connectionId", connectionId);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onConnectionReconnecting(this);
        }
    }

    /**
     * A client resumed its connection.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connectionId the connection
     */
    record ConnectionReconnected(long sequence, ConnectionId connectionId) implements SequencedEvent {
        public ConnectionReconnected {
            Text.require("connectionId", connectionId);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onConnectionReconnected(this);
        }
    }

    /**
     * A stream was published.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param stream the new stream
     */
    record StreamCreated(long sequence, StreamInfo stream) implements SequencedEvent {
        public StreamCreated {
            Text.require("stream", stream);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onStreamCreated(this);
        }
    }

    /**
     * Properties of a stream changed.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param streamId the stream
     * @param change the new values
     */
    record StreamChanged(long sequence, StreamId streamId, StreamChange change) implements SequencedEvent {
        public StreamChanged {
            Text.require("streamId", streamId);
            Text.require("change", change);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onStreamChanged(this);
        }
    }

    /**
     * A stream ended.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param streamId the stream
     * @param connectionId its publisher
     * @param reason why
     */
    record StreamDestroyed(long sequence, StreamId streamId, ConnectionId connectionId, StreamDestroyReason reason)
            implements SequencedEvent {
        public StreamDestroyed {
            Text.require("streamId", streamId);
            Text.require("connectionId", connectionId);
            Text.require("reason", reason);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onStreamDestroyed(this);
        }
    }

    /**
     * A signal to every client.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param from the sender, or null if the backend sent it
     * @param signalType its type, or null
     * @param data its data, or null
     */
    record Signal(
            long sequence,
            @Nullable ConnectionId from,
            @Nullable String signalType,
            @Nullable String data) implements SequencedEvent {
        public Signal {
            WellFormedText.require("signalType", signalType);
            WellFormedText.require("data", data);
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onSignal(this);
        }
    }

    /**
     * A moderator muted streams, or disabled muting. A publisher stops sending audio of a stream that is named. The server
     * sends {@link StreamChanged} for it.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param active true if streams were muted; false if {@code disableForceMute} was called
     * @param newStreams true if this also holds for streams published later: they start muted, or no longer do
     * @param streamIds the streams that were muted
     */
    record MuteForced(long sequence, boolean active, boolean newStreams, List<StreamId> streamIds)
            implements SequencedEvent {
        public MuteForced {
            streamIds = List.copyOf(Text.require("streamIds", streamIds));
        }

        @Override
        public <R> R accept(SequencedEvent.Visitor<R> visitor) {
            return visitor.onMuteForced(this);
        }
    }
}
