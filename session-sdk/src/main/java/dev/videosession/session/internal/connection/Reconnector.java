package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back to a server that was lost: resumes the connection or, when the server has lost its memory of it, starts over
 * with a new one. Lives on the session's loop.
 */
final class Reconnector implements ReconnectSchedule.Alarm {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);
    private static final long NONE = -1;
    /** After a longer absence a connection that is unknown has ended like any other, as far as the user is concerned. */
    private static final long START_OVER_MILLIS = 60_000;

    /** Whose connection was lost. */
    interface Host {
        /** The same connection goes on. */
        void resumed(EstablishedConnection connection, ServerMessage.Resumed resumed);

        /** A new connection has taken the place of the lost one. */
        void startedOver(EstablishedConnection lost, ServerMessage.Connected connected);

        /** There is no way back. */
        void notResumed(SessionException error);

        /** The server has closed the socket for good. */
        void closed(ChannelCloseReason end);

        boolean mayStartOver();
    }

    private final SessionLoop loop;
    private final ConnectOptions options;
    private final SignalingClient wire;
    private final Host host;
    private final ReconnectSchedule timer;
    private @Nullable EstablishedConnection lost;
    private boolean startingOver;
    private boolean announced;
    private long startOverMillis = START_OVER_MILLIS;
    private long request = NONE;
    private long catchUpTo = NONE;

    Reconnector(SessionLoop loop, ConnectOptions options, SignalingClient wire, Host host) {
        this.loop = loop;
        this.options = options;
        this.wire = wire;
        this.host = host;
        this.timer = new ReconnectSchedule(loop, this::isMediaLost, this);
    }

    private boolean isMediaLost() {
        EstablishedConnection current = lost;
        return current != null && current.isMediaLost();
    }

    /** Returns whether the application is to be told; it is not when it still waits to hear of the last return. */
    boolean begin(EstablishedConnection connection) {
        boolean news = !announced;
        forget();
        lost = connection;
        announced = true;
        startOverMillis = START_OVER_MILLIS + timer.begin(connection.timings());
        timer.attemptLater();
        return news;
    }

    /** The server says when it wants to be asked again. */
    void hint(long retryAfterMillis) {
        timer.hint(retryAfterMillis);
    }

    /** True from the loss to the answer of the server. */
    boolean isUnderWay() {
        return lost != null;
    }

    /** True from the server's word that it knows nothing of the connection to its welcome for a new one. */
    boolean isStartingOver() {
        return startingOver;
    }

    @Override
    public void attempt() {
        wire.open();
    }

    @Override
    public void attemptTimedOut() {
        if (startingOver && request != NONE) {
            // the server may still read what it was sent: there must not be two of us then
            wire.send(new ClientMessage.Disconnect());
            wire.close();
        } else {
            wire.abort();
        }
        forgetRequest();
        timer.attemptLater();
    }

    @Override
    public void timedOut() {
        host.notResumed(DisconnectCauses.dropped("the server was out of reach for too long"));
    }

    void onReached() {
        if (isUnderWay()) {
            timer.reached();
        }
    }

    void onOpen() {
        EstablishedConnection current = lost;
        if (current == null) {
            return;
        }
        if (startingOver) {
            wire.ask(
                    id -> {
                        request = id;
                        return ConnectAttempt.request(id, current.token(), options);
                    },
                    reply -> connectAnswered(current, reply));
        } else {
            wire.ask(id -> resume(id, current), reply -> resumeAnswered(current, reply));
        }
    }

    private ClientMessage.Request resume(long id, EstablishedConnection current) {
        request = id;
        return new ClientMessage.Resume(
                id,
                MessageCodec.PROTOCOL_VERSION,
                options.sessionId(),
                current.id(),
                current.resumeKey(),
                current.updates().sequence());
    }

    /** A socket that was too slow to ask says nothing about the connection that it was to ask for. */
    private static boolean mayBeTriedAgain(ChannelCloseReason end) {
        return end.resumable() || end.closeCode() == CloseCode.CONNECT_TIMEOUT.code();
    }

    void onEnd(ChannelCloseReason end) {
        forgetRequest();
        if (mayBeTriedAgain(end)) {
            timer.heard();
            timer.attemptLater();
        } else {
            host.closed(end);
        }
    }

    private void forgetRequest() {
        if (request != NONE) {
            wire.requests().forget(request);
            request = NONE;
        }
    }

    private void resumeAnswered(EstablishedConnection current, ServerMessage.Reply reply) {
        request = NONE;
        if (reply instanceof ServerMessage.Resumed resumed) {
            finish();
            catchUpTo = resumed.sequence();
            host.resumed(current, resumed);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retry()) {
                tryAgain(failed);
            } else if (failed.code() == ErrorCode.UNKNOWN_RESUME.code() && mayStartOver()) {
                startOver();
            } else {
                host.notResumed(SessionErrors.of(failed));
            }
        }
    }

    private boolean mayStartOver() {
        return host.mayStartOver() && loop.wallMillis() - wire.lastHeardWallMillis() <= startOverMillis;
    }

    private void startOver() {
        LOG.warn("session {}: the server knows nothing of the connection, starting over", options.sessionId());
        startingOver = true;
        wire.close();
        timer.beginAnew(options.connectTimeoutMillis());
        timer.attemptLater();
    }

    private void connectAnswered(EstablishedConnection current, ServerMessage.Reply reply) {
        request = NONE;
        if (reply instanceof ServerMessage.Connected connected) {
            finish();
            announced = false;
            host.startedOver(current, connected);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retry() || failed.retryAfterMillis() != null) {
                tryAgain(failed);
            } else {
                host.notResumed(SessionErrors.of(failed));
            }
        }
    }

    private void tryAgain(ServerMessage.Failed failed) {
        timer.heard();
        timer.hint(failed.retryAfterMillis() == null ? 0 : failed.retryAfterMillis());
        wire.close();
        timer.attemptLater();
    }

    /** True once after a return, when the events up to the one named by the server have been handled. */
    boolean isCaughtUp(long sequence) {
        if (catchUpTo == NONE || sequence < catchUpTo) {
            return false;
        }
        catchUpTo = NONE;
        announced = false;
        return true;
    }

    private void finish() {
        timer.stop();
        lost = null;
        startingOver = false;
    }

    /** The connection has ended: nothing of it is valid for the next. */
    void stop() {
        timer.hint(0);
        forget();
    }

    private void forget() {
        finish();
        catchUpTo = NONE;
        announced = false;
        request = NONE;
    }
}
