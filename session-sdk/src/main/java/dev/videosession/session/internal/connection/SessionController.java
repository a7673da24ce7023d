package dev.videosession.session.internal.connection;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionState;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.dispatch.EventDispatcher;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import dev.videosession.session.internal.stream.AudioLevels;
import dev.videosession.session.internal.stream.LocalPublisher;
import dev.videosession.session.internal.stream.LocalStreams;
import dev.videosession.session.internal.stream.RemoteStreams;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import dev.videosession.session.internal.stream.RosterUpdater;
import dev.videosession.session.internal.stream.SessionRoster;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a session from connecting to its one end. All state is owned by the loop; the methods that {@link Session},
 * {@link LocalPublisher} and {@link RemoteSubscriber} call only put a task there.
 */
public final class SessionController
        implements SignalingClient.Listener, SignalingPort, ConnectPhase.Host, Reconnector.Host {
    private static final Logger LOG = LoggerFactory.getLogger(SessionController.class);
    private static final long GOODBYE_MILLIS = 2_000;

    private final ConnectOptions options;
    private final SessionLoop loop;
    private final EventDispatcher events;
    private final SessionRoster roster;
    private final SignalingClient wire;
    private final Reconnector reconnection;
    private final ConnectPhase connecting;
    private final PendingCalls waiting = new PendingCalls();
    private DisconnectDetail loss = DisconnectDetail.SOCKET_LOST;
    private volatile SessionPhase phase = SessionPhase.DISCONNECTED;
    private volatile @Nullable EstablishedConnection established;
    private SessionLoop.@Nullable Timer goodbye;
    private boolean closed;

    public SessionController(ConnectOptions options, EventDispatcher events, SessionLoop loop) {
        this.options = options;
        this.events = events;
        this.loop = loop;
        this.roster = new SessionRoster(options.connectionEventsSuppressed());
        this.wire = new SignalingClient(loop, options.connector(), options.endpoint(), options.codec(), this);
        this.connecting = new ConnectPhase(loop, options, wire, this);
        this.reconnection = new Reconnector(loop, options, wire, this);
    }

    /** {@return the state that the application sees; any thread} */
    public SessionState state() {
        return phase.state();
    }

    public SessionRoster roster() {
        return roster;
    }

    @Nullable
    public EstablishedConnection established() {
        return established;
    }

    @Override
    public SessionLoop loop() {
        return loop;
    }

    @Override
    public CallbackQueue callbacks() {
        return events.callbacks();
    }

    @Override
    public LinkConfig linkConfig() {
        EstablishedConnection current = established;
        return current == null ? LinkConfig.DIRECT : current.linkConfig();
    }

    // Connecting

    void connect(String token, PendingResult outcome) {
        loop.assertInLoop();
        if (closed) {
            outcome.fail(notConnected());
            return;
        }
        String stripped = token.strip();
        SessionException refusal = ConnectAttempt.refuse(stripped, options);
        if (refusal == null) {
            connect(new ConnectAttempt(stripped, outcome, loop.random()), outcome);
        } else {
            LOG.warn("session {} not connected: {}", options.sessionId(), SessionErrors.label(refusal));
            events.post(new SessionEvent.ExceptionRaised(refusal));
            outcome.fail(refusal);
        }
    }

    private void connect(ConnectAttempt wanted, PendingResult outcome) {
        switch (phase) {
            case DISCONNECTED -> begin(wanted);
            case CONNECTING -> {
                LOG.warn("session {} is already connecting", options.sessionId());
                connecting.join(outcome);
            }
            case CONNECTED, RECONNECTING -> {
                LOG.warn("session {} is already connected", options.sessionId());
                outcome.succeed();
            }
            case DISCONNECTING -> waiting.connect(wanted, outcome);
        }
    }

    private void begin(ConnectAttempt wanted) {
        move(SessionPhase.Input.CONNECT);
        wire.reset();
        connecting.begin(wanted);
    }

    @Override
    public void onReached() {
        reconnection.onReached();
    }

    @Override
    public void onOpen() {
        if (phase == SessionPhase.CONNECTING) {
            connecting.onOpen();
        } else {
            reconnection.onOpen();
        }
    }

    @Override
    public void connected(ServerMessage.Connected connected, String token) {
        move(SessionPhase.Input.ESTABLISHED);
        LocalStreams local = new LocalStreams(this, roster);
        RemoteStreams remote = new RemoteStreams(this, options.mediaEngine());
        AudioLevels levels = new AudioLevels(loop, callbacks(), local::publishers, remote::subscribers);
        EstablishedConnection fresh = new EstablishedConnection(
                connected, token, local, remote, updates(connected, local, remote), levels, options.links(), this);
        established = fresh;
        wire.startHeartbeat(fresh.timings());
        wire.startRequests();
        LOG.info("session {} connected as {}", options.sessionId(), fresh.id());
        // the roster is complete before the application hears of anything
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionConnected(fresh.connection()));
        connecting.settle(PendingResult::succeed);
        announcements.forEach(events::post);
    }

    private RosterUpdater updates(ServerMessage.Connected connected, LocalStreams local, RemoteStreams remote) {
        ConnectionId own = connected.connection().connectionId();
        return new RosterUpdater(events, roster, local, remote, own, options.connectionEventsSuppressed());
    }

    @Override
    public void notConnected(SessionException error) {
        LOG.warn("session {} not connected: {}", options.sessionId(), SessionErrors.label(error));
        events.post(new SessionEvent.ExceptionRaised(error));
        endConnecting(error);
    }

    private void endConnecting(SessionException error) {
        move(SessionPhase.Input.ENDED);
        wire.close();
        connecting.settle(outcome -> outcome.fail(error));
        wire.requests().failAll(ErrorCode.NOT_CONNECTED, "not connected");
        waiting.left();
    }

    // Being connected

    @Override
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        loop.assertInLoop();
        if (phase == SessionPhase.DISCONNECTED || phase == SessionPhase.DISCONNECTING) {
            answer.accept(ServerMessage.Failed.of(
                    null, ErrorCode.NOT_CONNECTED, String.valueOf(notConnected().getMessage())));
            return;
        }
        wire.request(maker, answer);
    }

    @Override
    public boolean serverUnderstands(Feature feature) {
        EstablishedConnection current = established;
        return current != null && current.serverUnderstands(feature);
    }

    @Override
    public void send(LinkMessage message) {
        if (phase == SessionPhase.CONNECTED) {
            wire.send(message);
        }
    }

    @Override
    public void onMessage(ServerMessage message) {
        EstablishedConnection current = established;
        if (message instanceof ServerMessage.Disconnected ended) {
            endedByServer(ended);
        } else if (message instanceof ServerMessage.Draining draining) {
            reconnection.hint(draining.retryAfterMillis());
        } else if (current == null) {
            LOG.warn("message {} before the connection was established", message);
        } else {
            current.route(message);
            announceReconnected(current);
        }
    }

    @Override
    public void onUnknownEvent(long sequence) {
        EstablishedConnection current = established;
        if (current != null) {
            current.updates().skip(sequence);
            announceReconnected(current);
        }
    }

    // Losing the server and coming back

    @Override
    public void onEnd(ChannelCloseReason end) {
        switch (phase) {
            case CONNECTING -> connecting.onEnd(end);
            case CONNECTED -> lost(end);
            case RECONNECTING -> reconnection.onEnd(end);
            case DISCONNECTING -> {
                if (reconnection.isUnderWay()) {
                    reconnection.onEnd(end);
                } else if (end.resumable() && mayResume()) {
                    reconnect();
                } else {
                    endedByClose(end);
                }
            }
            case DISCONNECTED -> LOG.debug("socket ended: {}", end.description());
        }
    }

    private void lost(ChannelCloseReason end) {
        EstablishedConnection current = established;
        if (current == null || !mayResume() || !end.resumable()) {
            endedByClose(end);
            return;
        }
        LOG.warn("session {} lost its server: {}", options.sessionId(), end.description());
        move(SessionPhase.Input.LOST);
        loss = end.detail();
        if (reconnect()) {
            events.post(new SessionEvent.SessionReconnecting());
        }
    }

    private boolean mayResume() {
        EstablishedConnection current = established;
        return current != null && current.timings().resumeWindowMillis() > 0;
    }

    private boolean reconnect() {
        EstablishedConnection current = established;
        return current != null && reconnection.begin(current);
    }

    @Override
    public boolean mayStartOver() {
        return phase == SessionPhase.RECONNECTING && options.startOver();
    }

    @Override
    public void resumed(EstablishedConnection current, ServerMessage.Resumed resumed) {
        if (phase == SessionPhase.DISCONNECTING) {
            // back only to say goodbye, so that the others hear of it now and with the right reason
            wire.send(new ClientMessage.Disconnect());
            current.resumed(resumed); // what still comes is about what the server says now
            return;
        }
        move(SessionPhase.Input.RESUMED);
        wire.startHeartbeat(current.timings());
        current.resumed(resumed);
        wire.startRequests();
        LOG.info("session {} resumed", options.sessionId());
        announceReconnected(current);
    }

    @Override
    public void startedOver(EstablishedConnection lost, ServerMessage.Connected connected) {
        move(SessionPhase.Input.RESUMED);
        EstablishedConnection fresh = lost.startOver(connected, updates(connected, lost.local(), lost.remote()));
        established = fresh;
        wire.startHeartbeat(fresh.timings());
        LOG.warn("session {} started over: {} is now {}", options.sessionId(), lost.id(), fresh.id());
        lost.updates().startOver();
        wire.requests()
                .failUnlessPortable(ErrorCode.NOT_CONNECTED, "the server has lost the session; it was started over");
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionReconnected(fresh.connection(), true));
        announcements.forEach(events::post);
        wire.startRequests();
    }

    @Override
    public void notResumed(SessionException error) {
        if (phase == SessionPhase.DISCONNECTING) {
            endedByWish();
        } else {
            end(DisconnectReason.NETWORK_DISCONNECTED, loss, null, error);
        }
    }

    @Override
    public void closed(ChannelCloseReason end) {
        endedByClose(end);
    }

    /** The session counts as reconnected when everything that was missed has been handled. */
    private void announceReconnected(EstablishedConnection current) {
        if (phase == SessionPhase.CONNECTED
                && reconnection.isCaughtUp(current.updates().sequence())) {
            events.post(new SessionEvent.SessionReconnected(current.connection(), false));
        }
    }

    // Leaving

    void disconnect(PendingResult outcome) {
        loop.assertInLoop();
        switch (phase) {
            case DISCONNECTED -> outcome.succeed();
            case CONNECTING -> {
                waiting.leave(outcome);
                wire.send(new ClientMessage.Disconnect());
                endConnecting(PendingCalls.revoked());
            }
            case CONNECTED, RECONNECTING -> {
                waiting.leave(outcome);
                move(SessionPhase.Input.LEAVE);
                if (!reconnection.isUnderWay() || reconnection.isStartingOver()) {
                    wire.send(new ClientMessage.Disconnect());
                }
                if (reconnection.isStartingOver()) {
                    endedByWish(); // the server knows of nothing that could end
                    return;
                }
                goodbye = loop.schedule(GOODBYE_MILLIS, this::endedByWish);
            }
            case DISCONNECTING -> {
                waiting.leave(outcome);
                waiting.revokeConnect();
            }
        }
    }

    void close() {
        closed = true;
        disconnect(new PendingResult(callbacks()));
        if (phase == SessionPhase.DISCONNECTED) {
            events.complete();
        }
    }

    private void endedByServer(ServerMessage.Disconnected ended) {
        if (phase == SessionPhase.CONNECTING) {
            connecting.fail(ErrorCode.CONNECT_FAILED, "the server ended the connection");
            return;
        }
        end(ended.reason(), ended.detail(), ended.message(), DisconnectCauses.errorOf(ended));
    }

    private void endedByClose(ChannelCloseReason end) {
        DisconnectReason reason = DisconnectCauses.reasonOf(end);
        if (reason != DisconnectReason.FORCE_DISCONNECTED && phase == SessionPhase.DISCONNECTING) {
            endedByWish();
        } else {
            end(reason, end.detail(), null, DisconnectCauses.errorOf(end));
        }
    }

    private void endedByWish() {
        end(DisconnectReason.CLIENT_DISCONNECTED, DisconnectDetail.LEFT, null, null);
    }

    /** The one place where an established connection ends: whoever comes first decides the cause. */
    private void end(
            DisconnectReason reason,
            DisconnectDetail detail,
            @Nullable String message,
            @Nullable SessionException error) {
        EstablishedConnection current = established;
        if (!phase.state().isEstablished() || current == null) {
            return;
        }
        LOG.info("session {} ended: {} ({})", options.sessionId(), reason.wireName(), detail.wireName());
        move(SessionPhase.Input.ENDED);
        established = null;
        if (goodbye != null) {
            goodbye.cancel();
            goodbye = null;
        }
        reconnection.stop();
        wire.close();
        List<LocalStreams.Detached> publishers = current.local().detachAll();
        List<RemoteSubscriber> subscribers = current.remote().detachAll();
        roster.clear();
        wire.requests().failAll(ErrorCode.NOT_CONNECTED, "the session ended: " + reason.wireName());
        if (error != null) {
            events.post(new SessionEvent.ExceptionRaised(error));
        }
        SessionDisconnectEvent event = new SessionDisconnectEvent(reason, detail, message);
        events.post(event, () -> DisconnectCauses.tearDown(publishers, subscribers, reason));
        waiting.left();
        ConnectAttempt next = waiting.takeNext();
        if (next != null) {
            begin(next);
        }
        if (closed) {
            events.complete();
        }
    }

    private void move(SessionPhase.Input input) {
        loop.assertInLoop();
        SessionPhase next = phase.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in phase " + phase);
        }
        phase = next;
    }

    // Calls of the application

    /** Why a call that needs an established connection cannot be carried out now. On the loop. */
    SessionException notConnected() {
        return new SessionException(
                ErrorCode.NOT_CONNECTED,
                switch (phase) {
                    case CONNECTING -> "the session is still connecting; wait for the outcome of connect()";
                    case DISCONNECTING -> "the session is disconnecting";
                    default ->
                        closed
                                ? "the session is closed for good; build a new one"
                                : "the session is not connected; call connect() and wait for its outcome";
                });
    }

    void whenConnected(Consumer<EstablishedConnection> command, Consumer<SessionException> refused) {
        loop.assertInLoop();
        EstablishedConnection current = established;
        if (current == null || phase == SessionPhase.DISCONNECTING) {
            refused.accept(notConnected());
        } else {
            command.accept(current);
        }
    }
}
