package dev.videosession.server.internal.effect;

import dev.videosession.protocol.EncodedMessage;
import dev.videosession.protocol.EncodedRoster;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.Roster;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamInfo;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.state.SessionEvent;
import dev.videosession.server.internal.state.SessionState;
import java.util.List;

/**
 * The session's roster as text, updated with each event: encoding the whole roster again for each of a thousand newcomers
 * would cost the square of their number. Belongs to the session's loop.
 */
public final class RosterCache {
    private final MessageCodec codec;
    private final SessionState state;
    private final EncodedRoster text;

    /**
     * Creates the cache of an empty roster.
     *
     * @param codec encodes the roster
     * @param state of the session
     */
    public RosterCache(MessageCodec codec, SessionState state) {
        this.codec = codec;
        this.state = state;
        this.text = codec.newEncodedRoster();
    }

    /**
     * Follows an event.
     *
     * @param event was applied to the state
     */
    public void follow(SessionEvent event) {
        if (event instanceof SessionEvent.ConnectionCreated e) {
            text.put(e.connection());
        } else if (event instanceof SessionEvent.ConnectionDestroyed e) {
            text.remove(e.connectionId());
        } else if (event instanceof SessionEvent.StreamCreated e) {
            text.put(e.stream());
        } else if (event instanceof SessionEvent.StreamChanged e) {
            StreamInfo changed = state.stream(e.streamId());
            if (changed != null) {
                text.put(changed);
            }
        } else if (event instanceof SessionEvent.StreamDestroyed e) {
            text.remove(e.streamId());
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
