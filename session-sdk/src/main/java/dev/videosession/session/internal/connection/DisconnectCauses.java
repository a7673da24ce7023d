package dev.videosession.session.internal.connection;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Maps the ways in which a connection ends to reasons and errors, and ends its publishers and subscribers. */
public final class DisconnectCauses {
    private DisconnectCauses() {}

    /** {@return the reason for a socket that closed without a {@code disconnected} message} */
    public static DisconnectReason reasonOf(ChannelCloseReason end) {
        return switch (end.detail()) {
            case LEFT -> DisconnectReason.CLIENT_DISCONNECTED;
            case KICKED, BANNED, SESSION_CLOSED, IDLE, POLICY, PROTOCOL_ERROR, REPLACED ->
                DisconnectReason.FORCE_DISCONNECTED;
            // a code newer than this version: intended by the server if it is final
            case OTHER -> end.resumable() ? DisconnectReason.NETWORK_DISCONNECTED : DisconnectReason.FORCE_DISCONNECTED;
            default -> DisconnectReason.NETWORK_DISCONNECTED;
        };
    }

    /** {@return the error for an end, or null for an end that was requested} */
    public static @Nullable SessionException errorOf(ServerMessage.Disconnected ended) {
        String why = ended.message() == null ? ended.detail().wireName() : ended.message();
        return isError(ended.reason(), ended.detail()) ? lost(why) : null;
    }

    /** {@return the error for a socket that closed without a {@code disconnected} message, or null if it was requested} */
    public static @Nullable SessionException errorOf(ChannelCloseReason end) {
        return isError(reasonOf(end), end.detail()) ? lost(end.description()) : null;
    }

    private static boolean isError(DisconnectReason reason, DisconnectDetail detail) {
        return reason == DisconnectReason.NETWORK_DISCONNECTED || detail == DisconnectDetail.PROTOCOL_ERROR;
    }

    static SessionException lost(String why) {
        return new SessionException(ErrorCode.CONNECTION_LOST, "the connection was lost: " + why);
    }

    /** Runs the default action of {@link SessionDisconnectEvent}. For use in a callback. */
    public static void tearDown(
            List<Consumer<StreamDestroyReason>> publishers,
            List<RemoteSubscriber> subscribers,
            DisconnectReason reason) {
        publishers.forEach(each -> each.accept(StreamDestroyReason.of(reason)));
        subscribers.forEach(each -> each.destroyNow(SessionErrors.sessionEnded(reason)));
    }
}
