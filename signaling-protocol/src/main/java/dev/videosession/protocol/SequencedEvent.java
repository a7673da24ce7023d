package dev.videosession.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened in the session. Everybody in it receives the same events in the same order; the sequence is
 * the cursor with which a client resumes.
 */
public sealed interface SequencedEvent extends ServerMessage {
    /**
     * Returns the place in the session's log.
     *
     * @return 1 for the first event of a session, one more for each further one
     */
    long sequence();

    /**
     * Somebody entered.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connection the newcomer
     */
    record ConnectionCreated(long sequence, ConnectionInfo connection) implements SequencedEvent {
        public ConnectionCreated {
            Text.require("connection", connection);
        }
    }

    /**
     * Somebody left. {@link StreamDestroyed} of each of its streams went before.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connectionId who
     * @param reason why
     * @param detail the cause behind it
     */
    record ConnectionDestroyed(
            long sequence, ConnectionId connectionId, DisconnectReason reason, DisconnectDetail detail)
            implements SequencedEvent {
        public ConnectionDestroyed {
            Text.require("connectionId", connectionId);
            Text.require("reason", reason);
            Text.require("detail", detail);
        }
    }

    /**
     * The socket of somebody was lost; it may come back.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connectionId who
     */
    record ConnectionReconnecting(long sequence, ConnectionId connectionId) implements SequencedEvent {
        public ConnectionReconnecting {
            Text.require("connectionId", connectionId);
        }
    }

    /**
     * Somebody came back.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param connectionId who
     */
    record ConnectionReconnected(long sequence, ConnectionId connectionId) implements SequencedEvent {
        public ConnectionReconnected {
            Text.require("connectionId", connectionId);
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
    }

    /**
     * A stream ended.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param streamId the stream
     * @param connectionId whose it was
     * @param reason why
     */
    record StreamDestroyed(long sequence, StreamId streamId, ConnectionId connectionId, StreamDestroyReason reason)
            implements SequencedEvent {
        public StreamDestroyed {
            Text.require("streamId", streamId);
            Text.require("connectionId", connectionId);
            Text.require("reason", reason);
        }
    }

    /**
     * A signal to everybody.
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
    }

    /**
     * A moderator muted streams, or stopped muting new ones. A publisher whose stream is named stops sending audio; its
     * {@link StreamChanged} follows from the server.
     *
     * @param sequence see {@link SequencedEvent#sequence()}
     * @param active true if streams were muted; false if {@code disableForceMute} was called
     * @param everybody true if new streams are muted too, or no longer are
     * @param streamIds the streams that were muted
     */
    record MuteForced(long sequence, boolean active, boolean everybody, List<StreamId> streamIds)
            implements SequencedEvent {
        public MuteForced {
            streamIds = List.copyOf(Text.require("streamIds", streamIds));
        }
    }
}
