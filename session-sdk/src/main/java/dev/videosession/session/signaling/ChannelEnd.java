package dev.videosession.session.signaling;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a socket ended.
 *
 * @param description for the log and for people
 * @param closeCode of the WebSocket, or 0 if it was not closed in order
 * @param httpStatus of a refused upgrade, or 0
 * @param cause the failure underneath, or null
 */
public record ChannelEnd(
        String description,
        int closeCode,
        int httpStatus,
        @Nullable Throwable cause) {
    static ChannelEnd closed(int code, String reason) {
        return new ChannelEnd(
                "closed by the server with " + code + (reason.isEmpty() ? "" : " (" + reason + ")"), code, 0, null);
    }

    static ChannelEnd failed(Throwable cause, int httpStatus) {
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ChannelEnd(httpStatus == 0 ? message : "HTTP status " + httpStatus, 0, httpStatus, cause);
    }

    static ChannelEnd slept(long millis) {
        return new ChannelEnd("this machine slept for " + millis + " ms", 0, 0, null);
    }

    static ChannelEnd silent(long millis) {
        return new ChannelEnd("nothing heard from the server for " + millis + " ms", 0, 0, null);
    }

    /**
     * Tells whether the connection may still be alive at the server.
     *
     * @return false after a close code that is final
     */
    public boolean resumable() {
        if (closeCode == 0) {
            return true;
        }
        Optional<CloseCode> known = CloseCode.of(closeCode);
        return known.map(CloseCode::resumable).orElse(closeCode < 4000);
    }

    /**
     * Returns the cause that the close code stands for.
     *
     * @return the cause; {@link DisconnectDetail#SOCKET_LOST} if it was not closed in order
     */
    public DisconnectDetail detail() {
        if (closeCode == 0) {
            return DisconnectDetail.SOCKET_LOST;
        }
        return CloseCode.of(closeCode).map(CloseCode::detail).orElse(DisconnectDetail.OTHER);
    }
}
