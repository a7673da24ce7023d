package dev.videosession.server.socket;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionInfo;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.server.connection.ClientConnection;
import dev.videosession.server.session.Ids;
import dev.videosession.server.session.LiveSession;
import dev.videosession.server.state.TokenPass;
import dev.videosession.server.token.TokenException;
import dev.videosession.server.token.VerifiedToken;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides on the first message of a socket. */
final class Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final SocketContext context;
    private final SignalingSocket socket;

    Admission(SocketContext context, SignalingSocket socket) {
        this.context = context;
        this.socket = socket;
    }

    void consider(ClientMessage message) {
        if (message instanceof ClientMessage.Connect connect) {
            connect(connect);
        } else if (message instanceof ClientMessage.Resume resume) {
            resume(resume);
        }
    }

    private void connect(ClientMessage.Connect request) {
        if (refuseVersion(request.id(), request.protocol())) {
            return;
        }
        try {
            VerifiedToken token = context.verifier().verify(request.sessionId(), request.token());
            ConnectionInfo info = new ConnectionInfo(
                    Ids.connection(), context.common().clock().millis(), token.data(), token.role());
            ClientConnection newcomer = new ClientConnection(
                    info,
                    new TokenPass(token.fingerprint(), token.expiresAtSeconds()),
                    !Boolean.TRUE.equals(request.connectionEventsSuppressed()));
            LiveSession session = context.sessions().hold(request.sessionId());
            session.enter(newcomer, socket, request);
        } catch (TokenException e) {
            refuse(request.id(), e.code(), String.valueOf(e.getMessage()));
        }
    }

    private void resume(ClientMessage.Resume request) {
        if (refuseVersion(request.id(), request.protocol())) {
            return;
        }
        Optional<LiveSession> session = context.sessions().find(request.sessionId());
        if (session.isPresent()) {
            session.get().resume(socket, request);
        } else {
            refuse(request.id(), ErrorCode.UNKNOWN_RESUME, "there is nothing to resume: connect anew");
        }
    }

    private boolean refuseVersion(long id, int version) {
        if (version == MessageCodec.PROTOCOL_VERSION) {
            return false;
        }
        refuse(id, ErrorCode.NOT_SUPPORTED, "this server speaks version " + MessageCodec.PROTOCOL_VERSION);
        return true;
    }

    private void refuse(long id, ErrorCode code, String message) {
        LOG.info("event=refused code={} message=\"{}\"", code, message);
        context.common().metrics().refused(code);
        ServerMessage failed = ServerMessage.Failed.of(id, code, message);
        socket.outbox().finish(context.common().codec().encodeServerBytes(failed), CloseCode.REFUSED, code.errorName());
    }
}
