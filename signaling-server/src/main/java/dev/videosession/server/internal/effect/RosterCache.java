package dev.videosession.server.internal.effect;

import dev.videosession.protocol.codec.EncodedMessage;
import dev.videosession.protocol.codec.EncodedRoster;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.state.LifecycleVisitor;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import java.util.List;

/**
 * The session's roster as text, updated with each event: encoding the whole roster again for each of a thousand newcomers
 * would cost the square of their number. Belongs to the session's loop.
 */
public final class RosterCache {
    private final MessageCodec codec;
    private final LoggedState state;
    private final EncodedRoster text;
    private final LoggedEvent.Visitor<Void> changes = new Changes();

    /**
     * Creates the cache of an empty roster.
     *
     * @param codec encodes the roster
     * @param state of the session
     */
    public RosterCache(MessageCodec codec, LoggedState state) {
        this.codec = codec;
        this.state = state;
        this.text = codec.newEncodedRoster();
    }

    /**
     * Follows an event.
     *
     * @param event was applied to the state
     */
    public void follow(LoggedEvent event) {
        event.accept(changes);
    }

    /** Changes the text. */
    private final class Changes extends LifecycleVisitor<Void> {
        @Override
        public Void onConnectionCreated(LoggedEvent.ConnectionCreated event) {
            text.put(event.connection());
            return null;
        }

        @Override
        public Void onConnectionDestroyed(LoggedEvent.ConnectionDestroyed event) {
            text.remove(event.connectionId());
            return null;
        }

        @Override
        public Void onStreamCreated(LoggedEvent.StreamCreated event) {
            text.put(event.stream());
            return null;
        }

        @Override
        public Void onStreamChanged(LoggedEvent.StreamChanged event) {
            StreamInfo changed = state.stream(event.streamId());
            if (changed != null) {
                text.put(changed);
            }
            return null;
        }

        @Override
        public Void onStreamDestroyed(LoggedEvent.StreamDestroyed event) {
            text.remove(event.streamId());
            return null;
        }

        @Override
        protected Void other() {
            return null;
        }
    }

    /**
     * Returns the roster to put into a message that {@link #encode} writes for the same reader.
     *
     * @param reader the recipient
     * @return the roster, without what {@link #encode} adds
     */
    public Roster of(ClientConnection reader) {
        return reader.wantsConnectionEvents()
                ? new Roster(state.sequence(), List.of(), List.of(), state.forceMuted())
                : new Roster(
                        state.sequence(), List.of(reader.info()), List.copyOf(state.streams()), state.forceMuted());
    }

    /**
     * Encodes a message with the roster that its reader may see.
     *
     * @param reader the recipient
     * @param message with a roster, or without one
     * @return the message
     */
    public EncodedMessage encode(ClientConnection reader, ServerMessage message) {
        return reader.wantsConnectionEvents()
                ? codec.encodeServer(message, text)
                : EncodedMessage.of(codec.encodeServerBytes(message));
    }
}
