package dev.videosession.protocol;

import java.util.Arrays;
import java.util.Optional;

/**
 * Status with which the server closes a WebSocket. A client that receives a code it does not know treats it as
 * {@link #GOING_AWAY} below 4000 and as final from 4000 on.
 */
public enum CloseCode {
    /** The client disconnected. */
    NORMAL(1000, DisconnectDetail.LEFT, false),
    /** The server stops. */
    GOING_AWAY(1001, DisconnectDetail.SERVER_SHUTDOWN, true),
    /** A WebSocket frame was malformed, or a fragment out of place. */
    BROKEN_FRAME(1002, DisconnectDetail.PROTOCOL_ERROR, false),
    /** A binary message; the protocol is text. */
    BINARY(1003, DisconnectDetail.PROTOCOL_ERROR, false),
    /** Text that is not UTF-8, in a message or in a close frame. */
    INVALID_TEXT(1007, DisconnectDetail.PROTOCOL_ERROR, false),
    /** A message longer than {@link Limits#MESSAGE_BYTES}. */
    TOO_BIG(1009, DisconnectDetail.PROTOCOL_ERROR, false),
    /** The server failed. */
    INTERNAL_ERROR(1011, DisconnectDetail.SOCKET_LOST, true),
    /** A moderator or the backend removed the client. */
    KICKED(4000, DisconnectDetail.KICKED, false),
    /** As {@link #KICKED}, and the token no longer opens this session. */
    BANNED(4001, DisconnectDetail.BANNED, false),
    /** The session was closed. */
    SESSION_CLOSED(4002, DisconnectDetail.SESSION_CLOSED, false),
    /** The client neither published nor subscribed for too long. */
    IDLE(4003, DisconnectDetail.IDLE, false),
    /** Ended by the embedder's admission rules. */
    POLICY(4004, DisconnectDetail.POLICY, false),
    /** The connect or resume request was refused; an {@code error} message said why. */
    REFUSED(4010, DisconnectDetail.PROTOCOL_ERROR, false),
    /** No connection was established in time. */
    CONNECT_TIMEOUT(4011, DisconnectDetail.PROTOCOL_ERROR, false),
    /** Not a message of this protocol, or one out of place. */
    PROTOCOL_ERROR(4012, DisconnectDetail.PROTOCOL_ERROR, false),
    /** Requests came faster than allowed, despite warnings. */
    FLOOD(4013, DisconnectDetail.PROTOCOL_ERROR, false),
    /** The client read too slowly. It may resume. */
    SLOW_CONSUMER(4020, DisconnectDetail.SLOW_CONSUMER, true),
    /** The server received nothing for too long. The client may resume. */
    SILENT(4021, DisconnectDetail.SILENT, true),
    /** A newer socket replaced this one. */
    REPLACED(4022, DisconnectDetail.REPLACED, false);

    private final int code;
    private final DisconnectDetail detail;
    private final boolean resumable;

    CloseCode(int code, DisconnectDetail detail, boolean resumable) {
        this.code = code;
        this.detail = detail;
        this.resumable = resumable;
    }

    /** {@return the number in the close frame} */
    public int code() {
        return code;
    }

    /** {@return the cause that this status means} */
    public DisconnectDetail detail() {
        return detail;
    }

    /** {@return whether the client may resume its connection after this close} */
    public boolean resumable() {
        return resumable;
    }

    /**
     * Chooses the status with which the server closes the socket of a connection that ended.
     *
     * @param detail the cause of the end
     * @return the status; {@link #detail()} of it is the cause, except for {@link DisconnectDetail#OTHER}
     */
    public static CloseCode of(DisconnectDetail detail) {
        return switch (detail) {
            case LEFT -> NORMAL;
            case KICKED -> KICKED;
            case BANNED -> BANNED;
            case SESSION_CLOSED -> SESSION_CLOSED;
            case IDLE -> IDLE;
            case POLICY, OTHER -> POLICY;
            case REPLACED -> REPLACED;
            case SLOW_CONSUMER -> SLOW_CONSUMER;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case SILENT -> SILENT;
            case SOCKET_LOST -> INTERNAL_ERROR;
            case SERVER_SHUTDOWN -> GOING_AWAY;
        };
    }

    /**
     * Finds the constant of a WebSocket status.
     *
     * @param code the number in the close frame
     * @return the constant, or empty for one that this version does not know
     */
    public static Optional<CloseCode> of(int code) {
        return Arrays.stream(values()).filter(c -> c.code == code).findFirst();
    }
}
