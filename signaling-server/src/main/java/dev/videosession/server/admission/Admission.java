package dev.videosession.server.admission;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.VideoType;
import dev.videosession.protocol.message.ConnectionInfo;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Decides what clients with valid tokens may do. The default methods allow everything. Requests that a token's role
 * forbids are refused without a call of these methods; commands of the backend are never passed to them.
 *
 * <p>Methods are called on threads of their own, several at a time, and may block or answer later. If a method throws,
 * answers with null or a failure, or does not answer within the timeout, the client gets {@code OT_INTERNAL_ERROR} and the
 * log says why; other clients are not affected. A thread that is still busy at the timeout is interrupted. Requests of one
 * client are carried out in order, so that a slow answer delays its later requests.
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
     * A connect request with a valid token.
     *
     * @param sessionId the session
     * @param role from its token
     * @param data from its token, may be empty
     * @param remoteAddress of the client; behind a trusted proxy the forwarded one, with port 0 if the proxy named no port;
     *     behind any other proxy the address of the proxy
     */
    record ConnectRequest(SessionId sessionId, Role role, String data, InetSocketAddress remoteAddress) {}

    /**
     * A request to publish.
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
     * A request to send a signal.
     *
     * @param sessionId the session
     * @param from the sender
     * @param to the receiver, or null for every connection
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
     * @param request the client and the session
     * @return refused with {@code error} 1007 {@code OT_PERMISSION_DENIED} and close 4010
     */
    default CompletionStage<Verdict> connect(ConnectRequest request) {
        return Verdict.allow();
    }

    /**
     * Decides whether a connection may publish a stream.
     *
     * @param request the connection and the stream
     * @return refused with {@code error} 1500 {@code OT_PERMISSION_DENIED}
     */
    default CompletionStage<Verdict> publish(PublishRequest request) {
        return Verdict.allow();
    }

    /**
     * Decides whether a connection may send a signal.
     *
     * @param request the sender, the receiver and the signal
     * @return refused with {@code error} 403 {@code OT_PERMISSION_DENIED}
     */
    default CompletionStage<Verdict> signal(SignalRequest request) {
        return Verdict.allow();
    }
}
