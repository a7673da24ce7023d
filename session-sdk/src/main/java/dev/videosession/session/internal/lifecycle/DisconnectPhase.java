package dev.videosession.session.internal.lifecycle;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamDestroyReason;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.connection.ConnectAttempt;
import dev.videosession.session.internal.connection.ConnectOptions;
import dev.videosession.session.internal.connection.DisconnectCauses;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.connection.Reconnector;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.roster.SessionRoster;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an established connection: the application requests it and the server confirms it, or the server reports it, or the
 * connection cannot be resumed. Used on the session's loop.
 */
final class DisconnectPhase {
    private static final Logger LOG = LoggerFactory.getLogger(DisconnectPhase.class);
    /** How long to wait for the server's confirmation. */
    private static final long CONFIRMATION_MILLIS = 2_000;

    private final ConnectOptions options;
    private final SessionLoop loop;
    private final EventDispatcher events;
    private final SessionRoster roster;
    private final SignalingClient signaling;
    private final SessionStatus status;
    private final PendingCalls pending;
    private final Reconnector reconnector;
    private final Consumer<ConnectAttempt> next;
    private SessionLoop.@Nullable Timer timeout;

    /**
     * Creates the phase.
     *
     * @param next starts the connect that the application has called meanwhile
     */
    DisconnectPhase(
            ConnectOptions options,
            SessionLoop loop,
            EventDispatcher events,
            SessionRoster roster,
            SignalingClient signaling,
            SessionStatus status,
            PendingCalls pending,
            Reconnector reconnector,
            Consumer<ConnectAttempt> next) {
        this.options = options;
        this.loop = loop;
        this.events = events;
        this.roster = roster;
        this.signaling = signaling;
        this.status = status;
        this.pending = pending;
        this.reconnector = reconnector;
        this.next = next;
    }

    /** Ends the connection for the application. */
    void request(PendingResult result) {
        pending.disconnect(result);
        switch (status.phase()) {
            case CONNECTED -> {
                status.move(SessionPhase.Input.LEAVE);
                signaling.send(new ClientMessage.Disconnect());
                timeout = loop.schedule(CONFIRMATION_MILLIS, this::endedByClient);
            }
            case RECONNECTING -> {
                status.move(SessionPhase.Input.LEAVE);
                if (reconnector.isStartingOver()) {
                    signaling.send(new ClientMessage.Disconnect());
                    endedByClient(); // the server has no connection that could end
                } else {
                    timeout = loop.schedule(CONFIRMATION_MILLIS, this::endedByClient);
                }
            }
            case DISCONNECTING, DISCONNECTING_OFFLINE -> pending.revokeConnect();
            case DISCONNECTED, CONNECTING -> throw new IllegalStateException("there is no connection that could end");
        }
    }

    void endedByServer(ServerMessage.Disconnected ended) {
        end(ended.reason(), ended.detail(), ended.message(), DisconnectCauses.errorOf(ended));
    }

    void endedByClose(ChannelCloseReason close) {
        DisconnectReason reason = DisconnectCauses.reasonOf(close);
        if (reason != DisconnectReason.FORCE_DISCONNECTED && status.phase().isDisconnecting()) {
            endedByClient();
        } else {
            end(reason, close.detail(), null, DisconnectCauses.errorOf(close));
        }
    }

    /** Ends the connection, because it cannot be resumed. */
    void endedByLoss(DisconnectDetail detail, SessionException error) {
        if (status.phase().isDisconnecting()) {
            endedByClient();
        } else {
            end(DisconnectReason.NETWORK_DISCONNECTED, detail, null, error);
        }
    }

    private void endedByClient() {
        end(DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, null);
    }

    /** The only place where an established connection ends. The first cause wins. */
    private void end(
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            @Nullable SessionException error) {
        EstablishedConnection current = status.established();
        if (current == null) {
            return;
        }
        LOG.info(
                "event=disconnected session={} reason={} detail={}",
                options.sessionId(),
                reason.wireName(),
                detail.wireName());
        status.move(SessionPhase.Input.ENDED);
        status.setEstablished(null);
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
        reconnector.stop();
        signaling.close();
        List<Consumer<StreamDestroyReason>> publishers = current.local().detachAll();
        List<RemoteSubscriber> subscribers = current.remote().detachAll();
        roster.clear();
        signaling.requests().failAll(ErrorCode.NOT_CONNECTED, "the session ended: " + reason.wireName());
        if (error != null) {
            events.post(new SessionEvent.ExceptionRaised(error));
        }
        SessionDisconnectEvent event = new SessionDisconnectEvent(reason, detail, message);
        events.post(event, () -> DisconnectCauses.tearDown(publishers, subscribers, reason));
        pending.disconnected();
        ConnectAttempt wanted = pending.takeNext();
        if (wanted != null) {
            next.accept(wanted);
        }
        if (status.isClosed()) {
            events.complete();
        }
    }
}
