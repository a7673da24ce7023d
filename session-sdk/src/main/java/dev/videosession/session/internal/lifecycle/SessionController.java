package dev.videosession.session.internal.lifecycle;

import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionState;
import dev.videosession.session.internal.connection.ConnectAttempt;
import dev.videosession.session.internal.connection.ConnectOptions;
import dev.videosession.session.internal.connection.ConnectPhase;
import dev.videosession.session.internal.connection.DeferredCommand;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.connection.NodeAddresses;
import dev.videosession.session.internal.connection.Reconnector;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.roster.SessionRoster;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a session, from connecting to its one end. All state is owned by the loop: methods are called there, except the
 * three that read {@link #state()}, {@link #roster()} and {@link #established()} from any thread.
 */
public final class SessionController implements SignalingClient.Listener, ConnectPhase.Host, Reconnector.Host {
    private static final Logger LOG = LoggerFactory.getLogger(SessionController.class);

    private final ConnectOptions options;
    private final SessionLoop loop;
    private final EventDispatcher events;
    private final SessionRoster roster;
    private final SignalingClient signaling;
    private final NodeAddresses addresses;
    private final ConnectPhase connectPhase;
    private final Reconnector reconnector;
    private final DisconnectPhase disconnectPhase;
    private final PendingCalls pending = new PendingCalls();
    private final ConnectionFactory connections;
    private final ServerMessageRouter router;
    private final SessionStatus status;
    /** Why the server was lost, for the end of a connection that cannot be resumed. */
    private DisconnectDetail lossDetail = DisconnectDetail.SOCKET_LOST;

    public SessionController(ConnectOptions options, EventDispatcher events, SessionLoop loop) {
        this.options = options;
        this.events = events;
        this.loop = loop;
        this.roster = new SessionRoster(options.connectionEventsSuppressed());
        this.signaling = new SignalingClient(loop, options.connector(), options.codec(), this);
        this.addresses = new NodeAddresses(options.servers(), loop.random());
        this.connectPhase = new ConnectPhase(loop, options, addresses, signaling, this);
        this.reconnector = new Reconnector(loop, options, addresses, signaling, this);
        this.status = new SessionStatus(loop);
        this.disconnectPhase = new DisconnectPhase(
                options, loop, events, roster, signaling, status, pending, reconnector, this::begin);
        this.connections = new ConnectionFactory(
                options, events, roster, new EstablishedSignaling(loop, events.callbacks(), signaling, status));
        this.router = new ServerMessageRouter(
                status,
                this::endedByServer,
                this::draining,
                changed -> addresses.announced(changed.nodes()),
                this::announceReconnected);
    }

    /** {@return the state that the application sees} */
    public SessionState state() {
        return status.phase().state();
    }

    /** {@return the connections and streams of the session; empty if not connected} */
    public SessionRoster roster() {
        return roster;
    }

    /** {@return the established connection, or null} */
    public @Nullable EstablishedConnection established() {
        return status.established();
    }

    // Connecting

    void connect(String token, PendingResult result) {
        loop.assertInLoop();
        if (status.isClosed()) {
            result.fail(status.notConnected());
            return;
        }
        String stripped = token.strip();
        SessionException refusal = ConnectAttempt.refuse(stripped, options);
        if (refusal == null) {
            connect(new ConnectAttempt(stripped, result, loop.random()), result);
        } else {
            LOG.warn("event=notConnected session={} reason=\"{}\"", options.sessionId(), SessionErrors.label(refusal));
            events.post(new SessionEvent.ExceptionRaised(refusal));
            result.fail(refusal);
        }
    }

    private void connect(ConnectAttempt attempt, PendingResult result) {
        switch (status.phase()) {
            case DISCONNECTED -> begin(attempt);
            case CONNECTING -> {
                LOG.warn("event=connectIgnored session={} reason=\"already connecting\"", options.sessionId());
                connectPhase.join(result);
            }
            case CONNECTED, RECONNECTING -> {
                LOG.warn("event=connectIgnored session={} reason=\"already connected\"", options.sessionId());
                result.succeed();
            }
            case DISCONNECTING, DISCONNECTING_OFFLINE -> pending.connect(attempt, result);
        }
    }

    private void begin(ConnectAttempt attempt) {
        status.move(SessionPhase.Input.CONNECT);
        signaling.reset();
        connectPhase.begin(attempt);
    }

    @Override
    public void onReached() {
        reconnector.onReached();
    }

    @Override
    public void onOpen() {
        if (status.is(SessionPhase.CONNECTING)) {
            connectPhase.onOpen();
        } else {
            reconnector.onOpen();
        }
    }

    @Override
    public void connected(ServerMessage.Connected connected, ConnectAttempt attempt) {
        status.move(SessionPhase.Input.ESTABLISHED);
        addresses.announced(connected.nodes());
        EstablishedConnection fresh = connections.create(connected, attempt.token());
        status.setEstablished(fresh);
        signaling.startHeartbeat(fresh.timings());
        signaling.startRequests();
        LOG.info("event=connected session={} connection={}", options.sessionId(), fresh.id());
        // the roster is complete before the application receives the first event
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionConnected(fresh.connection()));
        attempt.succeed();
        announcements.forEach(events::post);
        attempt.runCommands(fresh);
    }

    @Override
    public void notConnected(SessionException error) {
        LOG.warn("event=notConnected session={} reason=\"{}\"", options.sessionId(), SessionErrors.label(error));
        events.post(new SessionEvent.ExceptionRaised(error));
        endConnecting(error);
    }

    private void endConnecting(SessionException error) {
        status.move(SessionPhase.Input.ENDED);
        signaling.close();
        ConnectAttempt failed = connectPhase.take();
        if (failed != null) {
            failed.fail(error);
        }
        signaling.requests().failAll(ErrorCode.NOT_CONNECTED, "not connected");
        pending.disconnected();
    }

    // Connected

    @Override
    public void onMessage(ServerMessage message) {
        if (!message.accept(router)) {
            LOG.warn("event=messageIgnored message={} reason=\"the connection is not established\"", message);
        }
    }

    private void draining(ServerMessage.Draining message) {
        reconnector.hint(message.retryAfterMillis());
        addresses.prefer(message.nodes());
    }

    @Override
    public void onUnknownEvent(long sequence) {
        router.onUnknownEvent(sequence);
    }

    // Reconnecting

    @Override
    public void onEnd(ChannelCloseReason reason) {
        switch (status.phase()) {
            case CONNECTING -> connectPhase.onEnd(reason);
            case CONNECTED, DISCONNECTING -> lost(reason);
            case RECONNECTING, DISCONNECTING_OFFLINE -> reconnector.onEnd(reason);
            case DISCONNECTED -> LOG.debug("event=socketClosed reason=\"{}\"", reason.description());
        }
    }

    private void lost(ChannelCloseReason reason) {
        EstablishedConnection current = status.established();
        if (current == null || current.timings().resumeWindowMillis() <= 0 || !reason.resumable()) {
            disconnectPhase.endedByClose(reason);
            return;
        }
        status.move(SessionPhase.Input.LOST);
        boolean news = reconnector.begin(current);
        if (status.is(SessionPhase.RECONNECTING)) {
            LOG.warn("event=connectionLost session={} reason=\"{}\"", options.sessionId(), reason.description());
            lossDetail = reason.detail();
            if (news) {
                events.post(new SessionEvent.SessionReconnecting());
            }
        }
    }

    @Override
    public boolean mayStartOver() {
        return status.is(SessionPhase.RECONNECTING) && options.startOver();
    }

    @Override
    public void resumed(EstablishedConnection current, ServerMessage.Resumed resumed) {
        status.move(SessionPhase.Input.RESUMED);
        addresses.announced(resumed.nodes());
        if (status.is(SessionPhase.DISCONNECTING)) {
            signaling.send(new ClientMessage.Disconnect());
            current.resumed(resumed); // messages that still arrive refer to what the server says now
            return;
        }
        signaling.startHeartbeat(current.timings());
        current.resumed(resumed);
        signaling.startRequests();
        LOG.info("event=resumed session={}", options.sessionId());
        announceReconnected(current);
    }

    @Override
    public void startedOver(EstablishedConnection lost, ServerMessage.Connected connected) {
        status.move(SessionPhase.Input.RESUMED);
        addresses.announced(connected.nodes());
        EstablishedConnection fresh = connections.replace(lost, connected);
        status.setEstablished(fresh);
        signaling.startHeartbeat(fresh.timings());
        LOG.warn("event=startedOver session={} before={} connection={}", options.sessionId(), lost.id(), fresh.id());
        lost.updates().startOver();
        signaling
                .requests()
                .failUnlessPortable(ErrorCode.NOT_CONNECTED, "the server has lost the session; it was started over");
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionReconnected(fresh.connection(), true));
        announcements.forEach(events::post);
        signaling.startRequests();
    }

    @Override
    public void notResumed(SessionException error) {
        disconnectPhase.endedByLoss(lossDetail, error);
    }

    @Override
    public void closed(ChannelCloseReason reason) {
        disconnectPhase.endedByClose(reason);
    }

    /** The session counts as reconnected when all missed events have been handled. */
    private void announceReconnected(EstablishedConnection current) {
        if (status.is(SessionPhase.CONNECTED)
                && reconnector.isCaughtUp(current.updates().sequence())) {
            events.post(new SessionEvent.SessionReconnected(current.connection(), false));
        }
    }

    // Disconnecting

    void disconnect(PendingResult result) {
        loop.assertInLoop();
        switch (status.phase()) {
            case DISCONNECTED -> result.succeed();
            case CONNECTING -> {
                pending.disconnect(result);
                signaling.send(new ClientMessage.Disconnect());
                endConnecting(PendingCalls.revoked());
            }
            case CONNECTED, RECONNECTING, DISCONNECTING, DISCONNECTING_OFFLINE -> disconnectPhase.request(result);
        }
    }

    void close() {
        status.close();
        disconnect(new PendingResult(events.callbacks()));
        if (status.is(SessionPhase.DISCONNECTED)) {
            events.complete();
        }
    }

    private void endedByServer(ServerMessage.Disconnected ended) {
        if (status.is(SessionPhase.CONNECTING)) {
            connectPhase.fail(ErrorCode.CONNECT_FAILED, "the server ended the connection");
            return;
        }
        disconnectPhase.endedByServer(ended);
    }

    // Commands of the application

    /** {@return why a call that needs an established connection cannot be carried out now} */
    SessionException whyNotConnected() {
        return status.notConnected();
    }

    /** Runs a command now, or when the session is connected if it is connecting or about to. */
    void submit(DeferredCommand command) {
        loop.assertInLoop();
        EstablishedConnection current = status.established();
        switch (status.phase()) {
            case CONNECTING -> connectPhase.defer(command);
            case DISCONNECTING, DISCONNECTING_OFFLINE -> {
                if (!pending.defer(command)) {
                    command.refuse().accept(status.notConnected());
                }
            }
            default -> {
                if (current == null) {
                    command.refuse().accept(status.notConnected());
                } else {
                    command.run().accept(current);
                }
            }
        }
    }
}
