package dev.videosession.session.internal.connection;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.stream.LocalStreams;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the end of a connection means, and what it does to publishers and subscribers. */
final class DisconnectCauses {
    private DisconnectCauses() {}

    /** The reason behind a socket that closed without a last word. */
    static DisconnectReason reasonOf(ChannelCloseReason end) {
        return switch (end.detail()) {
            case LEFT -> DisconnectReason.CLIENT_DISCONNECTED;
            case KICKED, BANNED, SESSION_CLOSED, IDLE, POLICY, PROTOCOL_ERROR, REPLACED ->
                DisconnectReason.FORCE_DISCONNECTED;
            // a code newer than this version: the server meant it if it is final
            case OTHER -> end.resumable() ? DisconnectReason.NETWORK_DISCONNECTED : DisconnectReason.FORCE_DISCONNECTED;
            default -> DisconnectReason.NETWORK_DISCONNECTED;
        };
    }

    /** The error that goes with an end, or null for an end that somebody wanted. */
    static @Nullable SessionException errorOf(ServerMessage.Disconnected ended) {
        String why = ended.message() == null ? ended.detail().wireName() : ended.message();
        return isError(ended.reason(), ended.detail()) ? dropped(why) : null;
    }

    /** The error that goes with a socket that closed without a last word, or null if somebody wanted it. */
    static @Nullable SessionException errorOf(ChannelCloseReason end) {
        return isError(reasonOf(end), end.detail()) ? dropped(end.description()) : null;
    }

    private static boolean isError(DisconnectReason reason, DisconnectDetail detail) {
        return reason == DisconnectReason.NETWORK_DISCONNECTED || detail == DisconnectDetail.PROTOCOL_ERROR;
    }

    static SessionException dropped(String why) {
        return new SessionException(1022, "OT_DISCONNECTED", "the connection was lost: " + why, true, null);
    }

    /** The default action of {@link SessionDisconnectEvent}; runs as a callback. */
    static void tearDown(
            List<LocalStreams.Detached> publishers, List<RemoteSubscriber> subscribers, DisconnectReason reason) {
        for (LocalStreams.Detached each : publishers) {
            each.publisher().endNow(each.stream(), StreamDestroyReason.of(reason));
        }
        subscribers.forEach(each -> each.destroyNow(SessionErrors.sessionEnded(reason)));
    }
}
