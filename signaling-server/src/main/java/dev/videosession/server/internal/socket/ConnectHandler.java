package dev.videosession.server.internal.socket;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.admission.Admission;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.connection.Ids;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.session.LiveSession;
import dev.videosession.server.internal.state.TokenPass;
import dev.videosession.server.internal.token.TokenException;
import dev.videosession.server.internal.token.VerifiedToken;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the first message of a socket: authenticates a connect or resume request and hands it to the session. */
final class ConnectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectHandler.class);
    private static final long LONGEST_WAIT_MILLIS = 10_000;
    private static final long FULL_WAIT_MILLIS = 5_000;

    private final SocketContext context;
    private final SignalingSocket socket;
    private final MessageThrottle throttle;

    ConnectHandler(SocketContext context, SignalingSocket socket, MessageThrottle throttle) {
        this.context = context;
        this.socket = socket;
        this.throttle = throttle;
    }

    void handle(ClientMessage.Opening message) {
        socket.origin().pass().busy();
        if (message.protocol() != MessageCodec.PROTOCOL_VERSION) {
            refuse(
                    message.id(),
                    ErrorCode.NOT_SUPPORTED,
                    "This server speaks version " + MessageCodec.PROTOCOL_VERSION + " of the protocol.");
        } else if (message instanceof ClientMessage.Connect connect) {
            connect(connect);
        } else if (message instanceof ClientMessage.Resume resume) {
            resume(resume);
        }
    }

    private void connect(ClientMessage.Connect request) {
        try {
            VerifiedToken token = context.verifier().verify(request.sessionId(), request.token());
            long wait =
                    context.common().entries().connect(context.common().time().nanos(), LONGEST_WAIT_MILLIS);
            if (wait > 0) {
                refuseForNow(request.id(), "Too many clients connect at once. Try again later.", wait);
            } else if (context.common().admission().isEnabled()) {
                ask(request, token);
            } else {
                enter(request, token);
            }
        } catch (TokenException e) {
            refuse(request.id(), e.code(), String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the future never fails
    private void ask(ClientMessage.Connect request, VerifiedToken token) {
        context.common()
                .admission()
                .connect(new Admission.ConnectRequest(
                        request.sessionId(),
                        token.role(),
                        token.data(),
                        socket.origin().client().toSocketAddress()))
                .thenAccept(refusal -> socket.whileOpen(() -> refusal.ifPresentOrElse(
                        reason -> refuse(request.id(), reason.code(), reason.message()), () -> enter(request, token))));
    }

    private void enter(ClientMessage.Connect request, VerifiedToken token) {
        Optional<String> limit = socket.origin().pass().connect();
        if (limit.isPresent()) {
            context.common()
                    .refusals()
                    .info(
                            LOG,
                            "refused",
                            "limit={} address={}",
                            limit.get(),
                            socket.origin().client());
            String text = limit.get().equals("connectionsPerAddress")
                    ? "There are too many connections from " + socket.origin().client()
                            + ". Close some, or try again later."
                    : "The server is full. Try again later.";
            refuseForNow(request.id(), text, FULL_WAIT_MILLIS);
            return;
        }
        ConnectionInfo info =
                new ConnectionInfo(Ids.connection(), context.common().time().millis(), token.data(), token.role());
        ClientConnection entering = new ClientConnection(
                info,
                new TokenPass(token.fingerprint(), token.expiresAtSeconds(), token.layoutClasses()),
                !Boolean.TRUE.equals(request.connectionEventsSuppressed()),
                request.features(),
                throttle,
                socket.origin().client());
        LiveSession session = context.sessions().retain(request.sessionId());
        session.enter(entering, socket, request);
    }

    private void resume(ClientMessage.Resume request) {
        Optional<LiveSession> session = context.sessions().find(request.sessionId());
        if (session.isPresent()) {
            session.get().resume(socket, request);
        } else if (!context.sessions().replayDisconnect(socket, request)) {
            refuse(request.id(), ErrorCode.UNKNOWN_RESUME, "There is nothing to resume. Connect again.");
        }
    }

    private void refuseForNow(long id, String message, long retryAfterMillis) {
        context.common().metrics().refused(ErrorCode.CONNECT_FAILED);
        refuse(ServerMessage.Failed.of(id, ErrorCode.CONNECT_FAILED, message, retryAfterMillis));
    }

    private void refuse(long id, ErrorCode code, String message) {
        context.common()
                .refusals()
                .info(
                        LOG,
                        "refused",
                        "code={} address={} message=\"{}\"",
                        code,
                        socket.origin().client(),
                        message);
        context.common().metrics().refused(code);
        refuse(ServerMessage.Failed.of(id, code, message));
    }

    private void refuse(ServerMessage.Failed failed) {
        socket.outbox().finish(context.common().codec().encodeServerBytes(failed), CloseCode.REFUSED, failed.name());
    }
}
