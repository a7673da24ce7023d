package dev.videosession.session;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.session.loop.Loop;
import dev.videosession.session.signaling.ChannelEnd;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a session from connecting to its one end. All state is owned by the loop; the methods that {@link Session},
 * {@link Publisher} and {@link Subscriber} call only put a task there.
 */
final class SessionEngine implements ServerWire.Listener, ServerLine, Connecting.Host, Reconnection.Host {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEngine.class);
    private static final long GOODBYE_MILLIS = 2_000;

    private final Session session;
    private final ConnectOptions options;
    private final Loop loop;
    private final SessionEvents events;
    private final SessionRoster roster;
    private final ServerWire wire;
    private final Reconnection reconnection;
    private final Connecting connecting;
    private final WaitingForEnd waiting = new WaitingForEnd();
    private DisconnectDetail loss = DisconnectDetail.SOCKET_LOST;
    private volatile SessionState state = SessionState.DISCONNECTED;
    private volatile @Nullable EstablishedConnection established;
    private Loop.@Nullable Timer goodbye;
    private boolean closed;

    SessionEngine(Session session, ConnectOptions options, SessionEvents events, Loop loop) {
        this.session = session;
        this.options = options;
        this.events = events;
        this.loop = loop;
        this.roster = new SessionRoster(options.connectionEventsSuppressed());
        this.wire = new ServerWire(loop, options, this);
        this.connecting = new Connecting(loop, options, wire, this);
        this.reconnection = new Reconnection(loop, options, wire, this);
    }

    SessionState state() {
        return state;
    }

    SessionRoster roster() {
        return roster;
    }

    @Nullable
    EstablishedConnection established() {
        return established;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public Callbacks callbacks() {
        return events.callbacks();
    }

    @Override
    public LinkConfig linkConfig() {
        EstablishedConnection current = established;
        return current == null ? LinkConfig.DIRECT : current.linkConfig();
    }

    // Connecting

    void connect(String token, Outcome outcome) {
        loop.execute(() -> {
            if (closed) {
                outcome.fail(notConnected());
                return;
            }
            String stripped = token.strip();
            SessionException refusal = ConnectAttempt.refuse(stripped, session.apiKey(), options);
            if (refusal == null) {
                connect(new ConnectAttempt(stripped, outcome, loop.random()), outcome);
            } else {
                LOG.warn("session {} not connected: {}", session.id(), refusal.label());
                events.post(new SessionEvent.ExceptionRaised(refusal));
                outcome.fail(refusal);
            }
        });
    }

    private void connect(ConnectAttempt wanted, Outcome outcome) {
        switch (state) {
            case DISCONNECTED -> begin(wanted);
            case CONNECTING -> {
                LOG.warn("session {} is already connecting", session.id());
                connecting.join(outcome);
            }
            case CONNECTED, RECONNECTING -> {
                LOG.warn("session {} is already connected", session.id());
                outcome.succeed();
            }
            case DISCONNECTING -> waiting.connect(wanted, outcome);
        }
    }

    private void begin(ConnectAttempt wanted) {
        move(SessionState.Input.CONNECT);
        wire.reset();
        connecting.begin(wanted);
    }

    @Override
    public void openSocket() {
        try {
            wire.open();
        } catch (IllegalArgumentException e) {
            connecting.fail(ErrorCode.CONNECT_FAILED, "not a server's address: " + e.getMessage());
        }
    }

    @Override
    public void onReached() {
        reconnection.onReached();
    }

    @Override
    public void onOpen() {
        if (state == SessionState.CONNECTING) {
            connecting.onOpen();
        } else {
            reconnection.onOpen();
        }
    }

    @Override
    public void connected(ServerMessage.Connected connected, String token) {
        move(SessionState.Input.ESTABLISHED);
        LocalStreams local = new LocalStreams(session, this, roster);
        RemoteStreams remote = new RemoteStreams(this, options.mediaEngine());
        AudioLevels levels = new AudioLevels(loop, callbacks(), local::publishers, remote::subscribers);
        EstablishedConnection fresh = new EstablishedConnection(
                connected, token, local, remote, updates(connected, local, remote), levels, options.links());
        established = fresh;
        wire.startHeartbeat(fresh.timings());
        wire.startRequests();
        LOG.info("session {} connected as {}", session.id(), fresh.id());
        // the roster is complete before the application hears of anything
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionConnected(session));
        connecting.settle(Outcome::succeed);
        announcements.forEach(events::post);
    }

    private SessionUpdates updates(ServerMessage.Connected connected, LocalStreams local, RemoteStreams remote) {
        ConnectionId own = connected.connection().connectionId();
        return new SessionUpdates(session, events, roster, local, remote, own, options.connectionEventsSuppressed());
    }

    @Override
    public void notConnected(SessionException error) {
        LOG.warn("session {} not connected: {}", session.id(), error.label());
        events.post(new SessionEvent.ExceptionRaised(error));
        endConnecting(error);
    }

    private void endConnecting(SessionException error) {
        move(SessionState.Input.ENDED);
        wire.close();
        connecting.settle(outcome -> outcome.fail(error));
        wire.requests().failAll(ErrorCode.NOT_CONNECTED, "not connected");
        waiting.left();
    }

    // Being connected

    @Override
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        loop.assertInLoop();
        if (state == SessionState.DISCONNECTED || state == SessionState.DISCONNECTING) {
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
        if (state == SessionState.CONNECTED) {
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
    public void onEnd(ChannelEnd end) {
        switch (state) {
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

    private void lost(ChannelEnd end) {
        EstablishedConnection current = established;
        if (current == null || !mayResume() || !end.resumable()) {
            endedByClose(end);
            return;
        }
        LOG.warn("session {} lost its server: {}", session.id(), end.description());
        move(SessionState.Input.LOST);
        loss = end.detail();
        if (reconnect()) {
            events.post(new SessionEvent.SessionReconnecting(session));
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
        return state == SessionState.RECONNECTING && options.startOver();
    }

    @Override
    public void resumed(EstablishedConnection current, ServerMessage.Resumed resumed) {
        if (state == SessionState.DISCONNECTING) {
            // back only to say goodbye, so that the others hear of it now and with the right reason
            wire.send(new ClientMessage.Disconnect());
            current.resumed(resumed); // what still comes is about what the server says now
            return;
        }
        move(SessionState.Input.RESUMED);
        wire.startHeartbeat(current.timings());
        current.resumed(resumed);
        wire.startRequests();
        LOG.info("session {} resumed", session.id());
        announceReconnected(current);
    }

    @Override
    public void startedOver(EstablishedConnection lost, ServerMessage.Connected connected) {
        move(SessionState.Input.RESUMED);
        EstablishedConnection fresh = lost.startOver(connected, updates(connected, lost.local(), lost.remote()));
        established = fresh;
        wire.startHeartbeat(fresh.timings());
        LOG.warn("session {} started over: {} is now {}", session.id(), lost.id(), fresh.id());
        lost.updates().startOver();
        wire.requests()
                .failUnlessPortable(ErrorCode.NOT_CONNECTED, "the server has lost the session; it was started over");
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionReconnected(session, true));
        announcements.forEach(events::post);
        wire.startRequests();
    }

    @Override
    public void notResumed(SessionException error) {
        if (state == SessionState.DISCONNECTING) {
            endedByWish();
        } else {
            end(DisconnectReason.NETWORK_DISCONNECTED, loss, null, error);
        }
    }

    @Override
    public void closed(ChannelEnd end) {
        endedByClose(end);
    }

    /** The session counts as reconnected when everything that was missed has been handled. */
    private void announceReconnected(EstablishedConnection current) {
        if (state == SessionState.CONNECTED
                && reconnection.isCaughtUp(current.updates().sequence())) {
            events.post(new SessionEvent.SessionReconnected(session, false));
        }
    }

    // Leaving

    void disconnect(Outcome outcome) {
        loop.execute(() -> leave(outcome));
    }

    private void leave(Outcome outcome) {
        switch (state) {
            case DISCONNECTED -> outcome.succeed();
            case CONNECTING -> {
                waiting.leave(outcome);
                wire.send(new ClientMessage.Disconnect());
                endConnecting(WaitingForEnd.revoked());
            }
            case CONNECTED, RECONNECTING -> {
                waiting.leave(outcome);
                move(SessionState.Input.LEAVE);
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

    void close(Outcome outcome) {
        loop.execute(() -> {
            closed = true;
            leave(outcome);
            if (state == SessionState.DISCONNECTED) {
                events.complete();
            }
        });
    }

    private void endedByServer(ServerMessage.Disconnected ended) {
        if (state == SessionState.CONNECTING) {
            connecting.fail(ErrorCode.CONNECT_FAILED, "the server ended the connection");
            return;
        }
        end(ended.reason(), ended.detail(), ended.message(), Leaving.errorOf(ended));
    }

    private void endedByClose(ChannelEnd end) {
        DisconnectReason reason = Leaving.reasonOf(end);
        if (reason != DisconnectReason.FORCE_DISCONNECTED && state == SessionState.DISCONNECTING) {
            endedByWish();
        } else {
            end(reason, end.detail(), null, Leaving.errorOf(end));
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
        if (!state.isEstablished() || current == null) {
            return;
        }
        LOG.info("session {} ended: {} ({})", session.id(), reason.wireName(), detail.wireName());
        move(SessionState.Input.ENDED);
        established = null;
        if (goodbye != null) {
            goodbye.cancel();
            goodbye = null;
        }
        reconnection.stop();
        wire.close();
        List<LocalStreams.Detached> publishers = current.local().detachAll();
        List<Subscriber> subscribers = current.remote().detachAll();
        roster.clear();
        wire.requests().failAll(ErrorCode.NOT_CONNECTED, "the session ended: " + reason.wireName());
        if (error != null) {
            events.post(new SessionEvent.ExceptionRaised(error));
        }
        SessionDisconnectEvent event = new SessionDisconnectEvent(session, reason, detail, message);
        events.post(event, () -> Leaving.tearDown(publishers, subscribers, reason));
        waiting.left();
        ConnectAttempt next = waiting.takeNext();
        if (next != null) {
            begin(next);
        }
        if (closed) {
            events.complete();
        }
    }

    private void move(SessionState.Input input) {
        loop.assertInLoop();
        SessionState next = state.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in state " + state);
        }
        state = next;
    }

    // Calls of the application

    /** Why a call that needs an established connection cannot be carried out now. On the loop. */
    SessionException notConnected() {
        return SessionException.of(
                ErrorCode.NOT_CONNECTED,
                switch (state) {
                    case CONNECTING -> "the session is still connecting; wait for the outcome of connect()";
                    case DISCONNECTING -> "the session is disconnecting";
                    default ->
                        closed
                                ? "the session is closed for good; build a new one"
                                : "the session is not connected; call connect() and wait for its outcome";
                });
    }

    void whenConnected(Outcome outcome, Consumer<EstablishedConnection> action) {
        loop.execute(() -> {
            EstablishedConnection current = established;
            if (current == null || state == SessionState.DISCONNECTING) {
                outcome.fail(notConnected());
            } else {
                action.accept(current);
            }
        });
    }
}
