package dev.videosession.benchmark.dialect;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one server. A message that is sent to all members ends with {@value #STAMP_LENGTH} digits and
 * {@value #TAIL_LENGTH} more bytes, so that the load generator finds the time of sending without parsing.
 */
public interface Dialect {
    /** Digits of the time at which a message was sent. */
    int STAMP_LENGTH = 16;

    /** Bytes after the digits. */
    int TAIL_LENGTH = 2;

    /** Bytes of a message's text, the digits included. */
    int TEXT_LENGTH = 64;

    /**
     * Makes the credentials of a client.
     *
     * @param session number of the session
     * @param moderator whether it may remove other clients
     * @param memberEvents whether it wants events about other clients
     * @return session and token
     */
    Member member(int session, boolean moderator, boolean memberEvents);

    /**
     * Makes the path of the WebSocket.
     *
     * @param member the client
     * @return path and query
     */
    String path(Member member);

    /** {@return whether a client waits for {@link FrameKind#READY} before its first message} */
    boolean waitsForReady();

    /**
     * Makes the first message of a client.
     *
     * @param member the client
     * @return the message; null if the WebSocket alone makes it a member
     */
    byte @Nullable [] join(Member member);

    /**
     * Classifies the first fragment of a text message.
     *
     * @param buffer has the payload
     * @param offset of the payload
     * @param length of the payload
     * @return what it means
     */
    FrameKind kind(ByteBuffer buffer, int offset, int length);

    /**
     * Reads the id of the own connection.
     *
     * @param joined text of the frame of kind {@link FrameKind#JOINED}
     * @return the id by which a moderator removes it
     */
    String connectionId(String joined);

    /**
     * Makes a message to all members.
     *
     * @param request number of the client's request
     * @param text {@link #TEXT_LENGTH} characters of ASCII
     * @return the message
     */
    String message(long request, String text);

    /**
     * Makes the request to remove another client.
     *
     * @param request number of the client's request
     * @param connectionId the client to remove
     * @return the message
     */
    String remove(long request, String connectionId);

    /** {@return the answer to {@link FrameKind#PING}; null for none} */
    byte @Nullable [] pong();

    /** {@return what a silent client sends every {@link #heartbeatMillis()}; null for nothing} */
    byte @Nullable [] heartbeat();

    /** {@return milliseconds between two heartbeats} */
    long heartbeatMillis();
}
