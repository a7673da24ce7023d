package dev.videosession.server.internal.session;

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
 * The session's roster as text, kept up to date with its events: who enters a session of a thousand is told of a thousand
 * others, and encoding each of them again for each newcomer would cost the square of it. Belongs to the session's loop.
 */
final class RosterCache {
    private final MessageCodec codec;
    private final SessionState state;
    private final EncodedRoster text;

    RosterCache(MessageCodec codec, SessionState state) {
        this.codec = codec;
        this.state = state;
        this.text = codec.newEncodedRoster();
    }

    /** Follows an event that was applied to the state. */
    void follow(SessionEvent event) {
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

    /** The roster for a message that {@link #encode} writes for the same reader. */
    Roster of(ClientConnection reader) {
        return reader.wantsConnectionEvents()
                ? new Roster(state.sequence(), List.of(), List.of(), state.forceMuted())
                : new Roster(
                        state.sequence(), List.of(reader.info()), List.copyOf(state.streams()), state.forceMuted());
    }

    /** Writes a message with the roster that its reader may see. */
    EncodedMessage encode(ClientConnection reader, ServerMessage message) {
        return reader.wantsConnectionEvents()
                ? codec.encodeServer(message, text)
                : EncodedMessage.of(codec.encodeServerBytes(message));
    }
}
