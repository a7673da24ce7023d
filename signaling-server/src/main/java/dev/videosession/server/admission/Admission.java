package dev.videosession.server.admission;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ConnectionInfo;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.VideoType;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides what clients with valid tokens may do. Everything is allowed unless overridden. What a token's role forbids is
 * refused before anything is asked here, and the backend is never asked about.
 *
 * <p>Methods are called on threads of their own, several at a time, and may block or answer later. Who does not answer in
 * time, throws, or answers with null or a failure, is taken for broken: the client gets {@code OT_INTERNAL_ERROR}, the log
 * says why, and nobody else notices. A thread that is still busy when the time is over is interrupted. What one client asks
 * happens in the order in which it asked, so that a slow answer delays its later requests.
 *
 * <pre>{@code
 * new Admission() {
 *     @Override
 *     public CompletionStage<Verdict> publish(PublishRequest request) {
 *         return request.hasVideo() ? Verdict.refuse("This room is for voices only.") : Verdict.allow();
 *     }
 * }
 * }</pre>
 */
public interface Admission {
    /**
     * A client with a valid token wants to enter.
     *
     * @param sessionId the session
     * @param role from its token
     * @param data from its token, may be empty
     * @param remoteAddress of the client; behind a trusted proxy the one that it named, with port 0 if it named none;
     *     behind any other proxy that of the proxy
     */
    record ConnectRequest(SessionId sessionId, Role role, String data, InetSocketAddress remoteAddress) {}

    /**
     * A connection wants to publish.
     *
     * @param sessionId the session
     * @param connection the publisher
     * @param name of the stream, may be empty
     * @param hasAudio whether it starts with audio
     * @param hasVideo whether it starts with video
     * @param videoType where its video comes from, or null without video
     */
    record PublishRequest(
            SessionId sessionId,
            ConnectionInfo connection,
            String name,
            boolean hasAudio,
            boolean hasVideo,
            @Nullable VideoType videoType) {}

    /**
     * A connection wants to signal.
     *
     * @param sessionId the session
     * @param from the sender
     * @param to the addressee, or null for everybody
     * @param type of the signal, or null
     * @param bytes length of its data in UTF-8
     */
    record SignalRequest(
            SessionId sessionId,
            ConnectionInfo from,
            @Nullable ConnectionId to,
            @Nullable String type,
            int bytes) {}

    /**
     * Decides whether a client may enter. Not asked again when it resumes.
     *
     * @param request who, where
     * @return refused with {@code error} 1007 {@code OT_PERMISSION_DENIED} and close 4010
     */
    default CompletionStage<Verdict> connect(ConnectRequest request) {
        return Verdict.allow();
    }

    /**
     * Decides whether a connection may publish a stream.
     *
     * @param request who, what
     * @return refused with {@code error} 1500 {@code OT_PERMISSION_DENIED}
     */
    default CompletionStage<Verdict> publish(PublishRequest request) {
        return Verdict.allow();
    }

    /**
     * Decides whether a connection may send a signal.
     *
     * @param request who, to whom, what
     * @return refused with {@code error} 403 {@code OT_PERMISSION_DENIED}
     */
    default CompletionStage<Verdict> signal(SignalRequest request) {
        return Verdict.allow();
    }
}
