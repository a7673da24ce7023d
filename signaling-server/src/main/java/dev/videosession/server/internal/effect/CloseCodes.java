package dev.videosession.server.internal.effect;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.DisconnectDetail;

/** The status with which the socket of a connection that ended is closed. */
final class CloseCodes {
    private CloseCodes() {}

    static CloseCode of(DisconnectDetail detail) {
        return switch (detail) {
            case LEFT -> CloseCode.NORMAL;
            case KICKED -> CloseCode.KICKED;
            case BANNED -> CloseCode.BANNED;
            case SESSION_CLOSED -> CloseCode.SESSION_CLOSED;
            case IDLE -> CloseCode.IDLE;
            case POLICY, OTHER -> CloseCode.POLICY;
            case REPLACED -> CloseCode.REPLACED;
            case SLOW_CONSUMER -> CloseCode.SLOW_CONSUMER;
            case PROTOCOL_ERROR -> CloseCode.PROTOCOL_ERROR;
            case SILENT -> CloseCode.SILENT;
            case SOCKET_LOST -> CloseCode.INTERNAL_ERROR;
            case SERVER_SHUTDOWN -> CloseCode.GOING_AWAY;
        };
    }
}
