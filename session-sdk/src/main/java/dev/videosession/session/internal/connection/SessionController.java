package dev.videosession.session.internal.connection;

import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.Heartbeat;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.SequencedEvent;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.StreamDestroyReason;
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
import dev.videosession.session.internal.roster.SessionRoster;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import dev.videosession.session.internal.stream.AudioLevels;
import dev.videosession.session.internal.stream.LocalStreams;
import dev.videosession.session.internal.stream.RemoteStreams;
import dev.videosession.session.internal.stream.RemoteSubscriber;
import dev.videosession.session.internal.stream.RosterUpdater;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a session, from connecting to its one end. All state is owned by the loop: methods are called there, except the
 * three that read {@link #state()}, {@link #roster()} and {@link #established()} from any thread.
 */
public final class SessionController
        implements SignalingClient.Listener, SignalingPort, ConnectPhase.Host, Reconnector.Host {
    private static final Logger LOG = LoggerFactory.getLogger(SessionController.class);
    /** How long to wait for the server's confirmation of a disconnect. */
    private static final long DISCONNECT_MILLIS = 2_000;

    private final ConnectOptions options;
    private final SessionLoop loop;
    private final EventDispatcher events;
    private final SessionRoster roster;
    private final SignalingClient signaling;
    private final ConnectPhase connectPhase;
    private final Reconnector reconnector;
    private final PendingCalls pending = new PendingCalls();
    private final MessageHandler messages = new MessageHandler();
    /** Why the server was lost, for the end of a connection that cannot be resumed. */
    private DisconnectDetail lossDetail = DisconnectDetail.SOCKET_LOST;

    private volatile SessionPhase phase = SessionPhase.DISCONNECTED;
    private volatile @Nullable EstablishedConnection established;
    private SessionLoop.@Nullable Timer disconnectTimeout;
    private boolean closed;

    public SessionController(ConnectOptions options, EventDispatcher events, SessionLoop loop) {
        this.options = options;
        this.events = events;
        this.loop = loop;
        this.roster = new SessionRoster(options.connectionEventsSuppressed());
        this.signaling = new SignalingClient(loop, options.connector(), options.endpoint(), options.codec(), this);
        this.connectPhase = new ConnectPhase(loop, options, signaling, this);
        this.reconnector = new Reconnector(loop, options, signaling, this);
    }

    /** {@return the state that the application sees} */
    public SessionState state() {
        return phase.state();
    }

    /** {@return the connections and streams of the session; empty if not connected} */
    public SessionRoster roster() {
        return roster;
    }

    /** {@return the established connection, or null} */
    public @Nullable EstablishedConnection established() {
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

    void connect(String token, PendingResult result) {
        loop.assertInLoop();
        if (closed) {
            result.fail(notConnected());
            return;
        }
        String stripped = token.strip();
        SessionException refusal = ConnectAttempt.refuse(stripped, options);
        if (refusal == null) {
            connect(new ConnectAttempt(stripped, result, loop.random()), result);
        } else {
            LOG.warn("session {} not connected: {}", options.sessionId(), SessionErrors.label(refusal));
            events.post(new SessionEvent.ExceptionRaised(refusal));
            result.fail(refusal);
        }
    }

    private void connect(ConnectAttempt attempt, PendingResult result) {
        switch (phase) {
            case DISCONNECTED -> begin(attempt);
            case CONNECTING -> {
                LOG.warn("session {} is already connecting", options.sessionId());
                connectPhase.join(result);
            }
            case CONNECTED, RECONNECTING -> {
                LOG.warn("session {} is already connected", options.sessionId());
                result.succeed();
            }
            case DISCONNECTING, DISCONNECTING_OFFLINE -> pending.connect(attempt, result);
        }
    }

    private void begin(ConnectAttempt attempt) {
        move(SessionPhase.Input.CONNECT);
        signaling.reset();
        connectPhase.begin(attempt);
    }

    @Override
    public void onReached() {
        reconnector.onReached();
    }

    @Override
    public void onOpen() {
        if (phase == SessionPhase.CONNECTING) {
            connectPhase.onOpen();
        } else {
            reconnector.onOpen();
        }
    }

    @Override
    public void connected(ServerMessage.Connected connected, ConnectAttempt attempt) {
        move(SessionPhase.Input.ESTABLISHED);
        LocalStreams local = new LocalStreams(this, roster);
        RemoteStreams remote = new RemoteStreams(this, options.mediaEngine());
        AudioLevels levels = new AudioLevels(loop, callbacks(), local::publishers, remote::subscribers);
        EstablishedConnection fresh = new EstablishedConnection(
                connected,
                attempt.token(),
                local,
                remote,
                updates(connected, local, remote),
                levels,
                options.links(),
                this);
        established = fresh;
        signaling.startHeartbeat(fresh.timings());
        signaling.startRequests();
        LOG.info("session {} connected as {}", options.sessionId(), fresh.id());
        // the roster is complete before the application receives the first event
        List<SessionEvent> announcements = fresh.updates().begin(connected.roster());
        events.post(new SessionEvent.SessionConnected(fresh.connection()));
        attempt.succeed();
        announcements.forEach(events::post);
        attempt.runCommands(fresh);
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
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        loop.assertInLoop();
        if (phase == SessionPhase.DISCONNECTED || phase.isDisconnecting()) {
            answer.accept(ServerMessage.Failed.of(
                    null, ErrorCode.NOT_CONNECTED, String.valueOf(notConnected().getMessage())));
            return;
        }
        signaling.request(maker, answer);
    }

    @Override
    public boolean serverUnderstands(Feature feature) {
        EstablishedConnection current = established;
        return current != null && current.serverUnderstands(feature);
    }

    @Override
    public void send(LinkMessage message) {
        if (phase == SessionPhase.CONNECTED) {
            signaling.send(message);
        }
    }

    @Override
    public void onMessage(ServerMessage message) {
        if (!message.accept(messages)) {
            LOG.warn("message {} before the connection was established", message);
        }
    }

    /** Handles messages; returns false for a message that needs an established connection if there is none. */
    private final class MessageHandler implements ServerMessage.Visitor<Boolean> {
        @Override
        public Boolean onReply(ServerMessage.Reply message) {
            return true; // handled by the signaling client
        }

        @Override
        public Boolean onHeartbeat(Heartbeat message) {
            return true; // handled by the signaling client
        }

        @Override
        public Boolean onDisconnected(ServerMessage.Disconnected message) {
            endedByServer(message);
            return true;
        }

        @Override
        public Boolean onDraining(ServerMessage.Draining message) {
            reconnector.hint(message.retryAfterMillis());
            return true;
        }

        @Override
        public Boolean onEvent(SequencedEvent message) {
            return deliver(current -> current.updates().apply(message));
        }

        @Override
        public Boolean onDirectSignal(ServerMessage.DirectSignal message) {
            return deliver(current -> current.updates().apply(message));
        }

        @Override
        public Boolean onLinkOpened(ServerMessage.LinkOpened message) {
            return deliver(current -> current.local().linkOpened(message));
        }

        @Override
        public Boolean onLinkUpdated(ServerMessage.LinkUpdated message) {
            return deliver(current -> current.local().linkUpdated(message));
        }

        @Override
        public Boolean onLinkClosed(ServerMessage.LinkClosed message) {
            return deliver(current -> current.linkClosed(message));
        }

        @Override
        public Boolean onLinkMessage(LinkMessage message) {
            return deliver(current -> current.deliver(message));
        }
    }

    private boolean deliver(Consumer<EstablishedConnection> action) {
        EstablishedConnection current = established;
        if (current == null) {
            return false;
        }
        action.accept(current);
        announceReconnected(current);
        return true;
    }

    @Override
    public void onUnknownEvent(long sequence) {
        deliver(current -> current.updates().skip(sequence));
    }

    // Reconnecting

    @Override
    public void onEnd(ChannelCloseReason reason) {
        switch (phase) {
            case CONNECTING -> connectPhase.onEnd(reason);
            case CONNECTED, DISCONNECTING -> lost(reason);
            case RECONNECTING, DISCONNECTING_OFFLINE -> reconnector.onEnd(reason);
            case DISCONNECTED -> LOG.debug("socket ended: {}", reason.description());
        }
    }

    private void lost(ChannelCloseReason reason) {
        EstablishedConnection current = established;
        if (current == null || current.timings().resumeWindowMillis() <= 0 || !reason.resumable()) {
            endedByClose(reason);
            return;
        }
        move(SessionPhase.Input.LOST);
        boolean news = reconnector.begin(current);
        if (phase == SessionPhase.RECONNECTING) {
            LOG.warn("session {} lost its server: {}", options.sessionId(), reason.description());
            lossDetail = reason.detail();
            if (news) {
                events.post(new SessionEvent.SessionReconnecting());
            }
        }
    }

    @Override
    public boolean mayStartOver() {
        return phase == SessionPhase.RECONNECTING && options.startOver();
    }

    @Override
    public void resumed(EstablishedConnection current, ServerMessage.Resumed resumed) {
        move(SessionPhase.Input.RESUMED);
        if (phase == SessionPhase.DISCONNECTING) {
            signaling.send(new ClientMessage.Disconnect());
            current.resumed(resumed); // messages that still arrive refer to what the server says now
            return;
        }
        signaling.startHeartbeat(current.timings());
        current.resumed(resumed);
        signaling.startRequests();
        LOG.info("session {} resumed", options.sessionId());
        announceReconnected(current);
    }

    @Override
    public void startedOver(EstablishedConnection lost, ServerMessage.Connected connected) {
        move(SessionPhase.Input.RESUMED);
        EstablishedConnection fresh = lost.startOver(connected, updates(connected, lost.local(), lost.remote()));
        established = fresh;
        signaling.startHeartbeat(fresh.timings());
        LOG.warn("session {} started over: {} is now {}", options.sessionId(), lost.id(), fresh.id());
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
        if (phase.isDisconnecting()) {
            endedByClient();
        } else {
            end(DisconnectReason.NETWORK_DISCONNECTED, lossDetail, null, error);
        }
    }

    @Override
    public void closed(ChannelCloseReason reason) {
        endedByClose(reason);
    }

    /** The session counts as reconnected when all missed events have been handled. */
    private void announceReconnected(EstablishedConnection current) {
        if (phase == SessionPhase.CONNECTED
                && reconnector.isCaughtUp(current.updates().sequence())) {
            events.post(new SessionEvent.SessionReconnected(current.connection(), false));
        }
    }

    // Disconnecting

    void disconnect(PendingResult result) {
        loop.assertInLoop();
        switch (phase) {
            case DISCONNECTED -> result.succeed();
            case CONNECTING -> {
                pending.disconnect(result);
                signaling.send(new ClientMessage.Disconnect());
                endConnecting(PendingCalls.revoked());
            }
            case CONNECTED -> {
                pending.disconnect(result);
                move(SessionPhase.Input.LEAVE);
                signaling.send(new ClientMessage.Disconnect());
                disconnectTimeout = loop.schedule(DISCONNECT_MILLIS, this::endedByClient);
            }
            case RECONNECTING -> {
                pending.disconnect(result);
                move(SessionPhase.Input.LEAVE);
                if (reconnector.isStartingOver()) {
                    signaling.send(new ClientMessage.Disconnect());
                    endedByClient(); // the server has no connection that could end
                } else {
                    disconnectTimeout = loop.schedule(DISCONNECT_MILLIS, this::endedByClient);
                }
            }
            case DISCONNECTING, DISCONNECTING_OFFLINE -> {
                pending.disconnect(result);
                pending.revokeConnect();
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
            connectPhase.fail(ErrorCode.CONNECT_FAILED, "the server ended the connection");
            return;
        }
        end(ended.reason(), ended.detail(), ended.message(), DisconnectCauses.errorOf(ended));
    }

    private void endedByClose(ChannelCloseReason close) {
        DisconnectReason reason = DisconnectCauses.reasonOf(close);
        if (reason != DisconnectReason.FORCE_DISCONNECTED && phase.isDisconnecting()) {
            endedByClient();
        } else {
            end(reason, close.detail(), null, DisconnectCauses.errorOf(close));
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
        EstablishedConnection current = established;
        if (current == null) {
            return;
        }
        LOG.info("session {} ended: {} ({})", options.sessionId(), reason.wireName(), detail.wireName());
        move(SessionPhase.Input.ENDED);
        established = null;
        if (disconnectTimeout != null) {
            disconnectTimeout.cancel();
            disconnectTimeout = null;
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
        ConnectAttempt next = pending.takeNext();
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

    // Commands of the application

    /** {@return why a call that needs an established connection cannot be carried out now} */
    SessionException notConnected() {
        return new SessionException(
                ErrorCode.NOT_CONNECTED,
                switch (phase) {
                    case CONNECTING -> "the session is still connecting";
                    case DISCONNECTING, DISCONNECTING_OFFLINE -> "the session is disconnecting";
                    default ->
                        closed
                                ? "the session is closed for good; build a new one"
                                : "the session is not connected; call connect() first";
                });
    }

    /** Runs a command now, or when the session is connected if it is connecting or about to. */
    void submit(DeferredCommand command) {
        loop.assertInLoop();
        EstablishedConnection current = established;
        switch (phase) {
            case CONNECTING -> connectPhase.defer(command);
            case DISCONNECTING, DISCONNECTING_OFFLINE -> {
                if (!pending.defer(command)) {
                    command.refuse().accept(notConnected());
                }
            }
            default -> {
                if (current == null) {
                    command.refuse().accept(notConnected());
                } else {
                    command.run().accept(current);
                }
            }
        }
    }
}
