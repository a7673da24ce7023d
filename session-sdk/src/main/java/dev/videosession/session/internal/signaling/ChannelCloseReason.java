package dev.videosession.session.internal.signaling;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a socket ended.
 *
 * @param description for the log and for error messages
 * @param closeCode close code of the WebSocket, or the one that stands for why this client dropped it; 0 if it was lost
 * @param httpStatus of a refused upgrade, or 0
 * @param cause the failure underneath, or null
 */
public record ChannelCloseReason(
        String description,
        int closeCode,
        int httpStatus,
        @Nullable Throwable cause) {
    static ChannelCloseReason closed(int code, String reason) {
        return new ChannelCloseReason(
                "closed by the server with " + code + (reason.isEmpty() ? "" : " (" + reason + ")"), code, 0, null);
    }

    static ChannelCloseReason failed(Throwable cause, int httpStatus) {
        return new ChannelCloseReason(
                httpStatus == 0 ? explain(cause) : HttpRefusal.explain(httpStatus), 0, httpStatus, cause);
    }

    static ChannelCloseReason slept(long millis) {
        return new ChannelCloseReason("this machine slept for " + millis + " ms", CloseCode.SILENT.code(), 0, null);
    }

    static ChannelCloseReason silent(long millis) {
        return new ChannelCloseReason(
                "nothing heard from the server for " + millis + " ms", CloseCode.SILENT.code(), 0, null);
    }

    private static String explain(Throwable cause) {
        return TlsFailure.explain(cause).orElseGet(() -> {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (cause instanceof UnknownHostException) {
                return "the host name cannot be resolved (" + message + ")";
            }
            return cause instanceof IOException && message.startsWith("unexpected end of stream on http:")
                    ? "the connection was closed without an answer. If the server uses TLS, its address starts with https:// or"
                            + " wss://"
                    : message;
        });
    }

    /**
     * Decides whether another attempt may succeed at the same address.
     *
     * @return false if something other than a signaling server answered, or TLS cannot succeed there
     */
    public boolean retry() {
        return !HttpRefusal.isFinal(httpStatus) && TlsFailure.explain(cause).isEmpty();
    }

    /**
     * Decides whether the server may still keep the connection.
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

    /** {@return the cause that the close code stands for; {@link DisconnectDetail#SOCKET_LOST} if the socket was lost} */
    public DisconnectDetail detail() {
        if (closeCode == 0) {
            return DisconnectDetail.SOCKET_LOST;
        }
        return CloseCode.of(closeCode)
                .map(CloseCode::detail)
                .orElse(closeCode < 4000 ? DisconnectDetail.SOCKET_LOST : DisconnectDetail.OTHER);
    }
}
