package dev.videosession.session.internal.lifecycle;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.SignalingClient;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Signaling for the parts of an established connection: what they send passes only in phases that permit it. */
final class EstablishedSignaling implements SignalingPort {
    private final SessionLoop loop;
    private final CallbackQueue callbacks;
    private final SignalingClient signaling;
    private final SessionStatus status;

    EstablishedSignaling(SessionLoop loop, CallbackQueue callbacks, SignalingClient signaling, SessionStatus status) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.signaling = signaling;
        this.status = status;
    }

    @Override
    public SessionLoop loop() {
        return loop;
    }

    @Override
    public CallbackQueue callbacks() {
        return callbacks;
    }

    @Override
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        loop.assertInLoop();
        if (status.is(SessionPhase.DISCONNECTED) || status.phase().isDisconnecting()) {
            answer.accept(ServerMessage.Failed.of(
                    null,
                    ErrorCode.NOT_CONNECTED,
                    String.valueOf(status.notConnected().getMessage())));
            return;
        }
        signaling.request(maker, answer);
    }

    @Override
    public void send(LinkMessage message) {
        if (status.is(SessionPhase.CONNECTED)) {
            signaling.send(message);
        }
    }

    @Override
    public boolean serverUnderstands(Feature feature) {
        EstablishedConnection current = status.established();
        return current != null && current.serverUnderstands(feature);
    }

    @Override
    public LinkConfig linkConfig() {
        EstablishedConnection current = status.established();
        return current == null ? LinkConfig.DIRECT : current.linkConfig();
    }
}
