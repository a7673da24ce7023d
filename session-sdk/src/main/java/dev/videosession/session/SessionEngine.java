package dev.videosession.session;

import dev.videosession.media.link.LinkConfig;
import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.session.loop.Loop;
import dev.videosession.session.signaling.ChannelEnd;
import java.util.ArrayList;
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
final class SessionEngine implements ServerWire.Listener, ServerLine {
    private static final Logger LOG = LoggerFactory.getLogger(SessionEngine.class);
    private static final long GOODBYE_MILLIS = 2_000;

    private final Session session;
    private final ConnectOptions options;
    private final Loop loop;
    private final SessionEvents events;
    private final SessionRoster roster = new SessionRoster();
    private final ServerWire wire;
    private final Resumption resumption;
    private @Nullable ConnectAttempt attempt;
    private final List<Outcome> leaving = new ArrayList<>();
    private volatile SessionState state = SessionState.DISCONNECTED;
    private volatile @Nullable EstablishedConnection established;
    private Loop.@Nullable Timer deadline;
    private final List<Runnable> afterEnd = new ArrayList<>();
    private boolean closed;

    SessionEngine(Session session, ConnectOptions options, SessionEvents events, Loop loop) {
        this.session = session;
        this.options = options;
        this.events = events;
        this.loop = loop;
        this.wire = new ServerWire(loop, options, this);
        this.resumption = new Resumption(
                loop, options.sessionId(), this::openChannel, this::attemptTimedOut, this::resumeTimedOut);
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

    void connect(String withToken, Outcome outcome) {
        loop.execute(() -> {
            if (closed) {
                outcome.fail(SessionException.of(ErrorCode.NOT_CONNECTED, "the session object is closed"));
                return;
            }
            switch (state) {
                case DISCONNECTED -> begin(withToken, outcome);
                case CONNECTING -> {
                    LOG.warn("session {} is already connecting", session.id());
                    if (attempt != null) {
                        attempt.join(outcome);
                    }
                }
                case CONNECTED, RECONNECTING -> {
                    LOG.warn("session {} is already connected", session.id());
                    outcome.succeed();
                }
                case DISCONNECTING -> afterEnd.add(() -> connect(withToken, outcome));
            }
        });
    }

    private void begin(String withToken, Outcome outcome) {
        move(SessionState.Input.CONNECT);
        wire.reset();
        attempt = new ConnectAttempt(withToken, outcome);
        deadline = loop.schedule(
                options.connectTimeoutMillis(),
                () -> connectFailed(SessionException.of(
                        ErrorCode.CONNECT_TIMEOUT,
                        "no answer from " + options.server() + " within " + options.connectTimeoutMillis() + " ms")));
        openChannel();
    }

    private void openChannel() {
        try {
            wire.open();
        } catch (IllegalArgumentException e) {
            connectFailed(SessionException.of(ErrorCode.CONNECT_FAILED, "not a server's address: " + e.getMessage()));
        }
    }

    @Override
    public void onOpen() {
        if (state == SessionState.CONNECTING && attempt != null) {
            wire.request(attempt.request(options), true, this::connectAnswered);
        } else if (state == SessionState.RECONNECTING || state == SessionState.DISCONNECTING) {
            resume();
        }
    }

    private void connectAnswered(ServerMessage.Reply reply) {
        if (state != SessionState.CONNECTING) {
            return;
        }
        if (reply instanceof ServerMessage.Connected connected) {
            establish(connected);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retryAfterMillis() != null && attempt != null) {
                connectLater(attempt, failed);
            } else {
                connectFailed(SessionException.of(failed));
            }
        }
    }

    /** The server is too busy to let everybody in at once; the deadline of the attempt stays. */
    private void connectLater(ConnectAttempt waiting, ServerMessage.Failed failed) {
        wire.close();
        long wait = waiting.waitMillis(failed);
        LOG.info("session {}: {}; next attempt in {} ms", session.id(), failed.message(), wait);
        loop.schedule(wait, () -> {
            if (state == SessionState.CONNECTING && attempt == waiting) {
                openChannel();
            }
        });
    }

    private void establish(ServerMessage.Connected connected) {
        move(SessionState.Input.ESTABLISHED);
        cancelDeadline();
        LocalStreams local = new LocalStreams(session, this, roster);
        RemoteStreams remote = new RemoteStreams(this, options.mediaEngine());
        ConnectionId ownId = connected.connection().connectionId();
        SessionUpdates updates =
                new SessionUpdates(session, events, roster, local, remote, ownId, options.connectionEventsSuppressed());
        AudioLevels levels = new AudioLevels(loop, callbacks(), local::publishers, remote::subscribers);
        established = new EstablishedConnection(
                new Connection(connected.connection()), connected, local, remote, updates, levels, options.relayOnly());
        wire.startHeartbeat(connected.timings());
        LOG.info("session {} connected as {}", session.id(), ownId);
        // the roster is complete before the application hears of anything
        List<SessionEvent> announcements = updates.begin(connected.roster());
        events.post(new SessionEvent.SessionConnected(session));
        settle(Outcome::succeed);
        announcements.forEach(events::post);
    }

    private void connectFailed(SessionException error) {
        if (state != SessionState.CONNECTING) {
            return;
        }
        LOG.warn("session {} not connected: {}", session.id(), error.label());
        move(SessionState.Input.ENDED);
        cancelDeadline();
        wire.close();
        events.post(new SessionEvent.ExceptionRaised(error));
        settle(outcome -> outcome.fail(error));
        wire.requests().failAll(ErrorCode.NOT_CONNECTED, "not connected");
        left();
    }

    // Being connected

    @Override
    public void request(LongFunction<? extends ClientMessage.Request> maker, Consumer<ServerMessage.Reply> answer) {
        loop.assertInLoop();
        if (state == SessionState.DISCONNECTED || state == SessionState.DISCONNECTING) {
            answer.accept(ServerMessage.Failed.of(null, ErrorCode.NOT_CONNECTED, "the session is not connected"));
            return;
        }
        wire.request(maker, state != SessionState.RECONNECTING, answer);
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
            resumption.hint(draining.retryAfterMillis());
        } else if (current == null) {
            LOG.warn("message {} before the connection was established", message);
        } else {
            current.route(message);
            announceReconnected(current);
        }
    }

    // Losing the server and coming back

    @Override
    public void onEnd(ChannelEnd end) {
        switch (state) {
            case CONNECTING ->
                connectFailed(SessionException.of(
                        ErrorCode.CONNECT_FAILED,
                        "cannot reach the server at " + options.server() + ": " + end.description()));
            case CONNECTED -> lost(end);
            case RECONNECTING, DISCONNECTING -> {
                resumption.forgetRequest(wire.requests());
                if (end.resumable() && mayResume()) {
                    resumption.attemptLater();
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
        events.post(new SessionEvent.SessionReconnecting(session));
        resumption.begin(current.timings().resumeWindowMillis());
    }

    private boolean mayResume() {
        EstablishedConnection current = established;
        return current != null && current.timings().resumeWindowMillis() > 0;
    }

    private void resume() {
        EstablishedConnection current = established;
        if (current != null) {
            resumption.ask(wire, current, (reply, again) -> resumeAnswered(current, reply, again));
        }
    }

    private void resumeAnswered(
            EstablishedConnection current, ServerMessage.Reply reply, List<ClientMessage.Request> again) {
        if (state == SessionState.DISCONNECTING) {
            // back only to say goodbye, so that the others hear of it now and with the right reason
            resumption.stop();
            if (reply instanceof ServerMessage.Resumed) {
                wire.send(new ClientMessage.Disconnect());
            } else {
                endedByWish();
            }
        } else if (state != SessionState.RECONNECTING) {
            LOG.debug("answer {} to a resume that is no longer wanted", reply);
        } else if (reply instanceof ServerMessage.Resumed resumed) {
            move(SessionState.Input.RESUMED);
            wire.startHeartbeat(current.timings());
            current.resumed(resumed);
            // without the events of connections the newest one may never come
            resumption.succeeded(options.connectionEventsSuppressed() ? 0 : resumed.sequence());
            again.forEach(wire::send);
            LOG.info("session {} resumed", session.id());
            announceReconnected(current);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retry()) {
                resumption.hint(failed.retryAfterMillis() == null ? 0 : failed.retryAfterMillis());
                wire.close();
                resumption.attemptLater();
            } else {
                SessionException error = SessionException.of(failed);
                end(DisconnectReason.NETWORK_DISCONNECTED, DisconnectDetail.SOCKET_LOST, null, error);
            }
        }
    }

    /** The session counts as reconnected when everything that was missed has been handled. */
    private void announceReconnected(EstablishedConnection current) {
        if (resumption.isCaughtUp(current.updates().sequence())) {
            events.post(new SessionEvent.SessionReconnected(session));
        }
    }

    private void attemptTimedOut() {
        wire.abort();
        resumption.forgetRequest(wire.requests());
        resumption.attemptLater();
    }

    private void resumeTimedOut() {
        if (state == SessionState.DISCONNECTING) {
            return;
        }
        end(
                DisconnectReason.NETWORK_DISCONNECTED,
                DisconnectDetail.SOCKET_LOST,
                null,
                Leaving.dropped("the server was out of reach for too long"));
    }

    // Leaving

    void disconnect(Outcome outcome) {
        loop.execute(() -> leave(outcome));
    }

    private void leave(Outcome outcome) {
        switch (state) {
            case DISCONNECTED -> outcome.succeed();
            case CONNECTING -> {
                leaving.add(outcome);
                wire.send(new ClientMessage.Disconnect());
                connectFailed(SessionException.of(ErrorCode.CONNECT_FAILED, "disconnect() was called meanwhile"));
            }
            case CONNECTED, RECONNECTING -> {
                leaving.add(outcome);
                move(SessionState.Input.LEAVE);
                if (!resumption.isUnderWay()) {
                    wire.send(new ClientMessage.Disconnect());
                }
                deadline = loop.schedule(GOODBYE_MILLIS, this::endedByWish);
            }
            case DISCONNECTING -> leaving.add(outcome);
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
            connectFailed(SessionException.of(ErrorCode.CONNECT_FAILED, "the server ended the connection"));
            return;
        }
        end(ended.reason(), ended.detail(), ended.message(), Leaving.errorOf(ended));
    }

    private void endedByClose(ChannelEnd end) {
        DisconnectReason reason = Leaving.reasonOf(end);
        if (reason != DisconnectReason.FORCE_DISCONNECTED && state == SessionState.DISCONNECTING) {
            endedByWish();
        } else {
            boolean lost = reason == DisconnectReason.NETWORK_DISCONNECTED;
            end(reason, end.detail(), null, lost ? Leaving.dropped(end.description()) : null);
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
        cancelDeadline();
        resumption.stop();
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
        left();
        List<Runnable> next = List.copyOf(afterEnd);
        afterEnd.clear();
        next.forEach(Runnable::run);
        if (closed) {
            events.complete();
        }
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
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

    private void settle(Consumer<Outcome> how) {
        ConnectAttempt settled = attempt;
        attempt = null;
        if (settled != null) {
            settled.settle(how);
        }
    }

    private void left() {
        List<Outcome> settled = List.copyOf(leaving);
        leaving.clear();
        settled.forEach(Outcome::succeed);
    }

    // Calls of the application

    void whenConnected(Outcome outcome, Consumer<EstablishedConnection> action) {
        loop.execute(() -> {
            EstablishedConnection current = established;
            if (current == null || state == SessionState.DISCONNECTING) {
                outcome.fail(SessionException.notConnected());
            } else {
                action.accept(current);
            }
        });
    }
}
