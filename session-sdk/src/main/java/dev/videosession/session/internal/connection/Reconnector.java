package dev.videosession.session.internal.connection;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconnects to a server that was lost, at another node if there is one: resumes the connection or, if the server no longer
 * knows it, starts over with a new one. Used on the session's loop.
 */
public final class Reconnector implements ReconnectSchedule.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Reconnector.class);
    private static final long NO_REQUEST = -1;
    /** After this time without the server a connection that it does not know counts as ended; it is not replaced. */
    private static final long START_OVER_MILLIS = 60_000;

    /** The owner of the connection. */
    public interface Host {
        /** The connection is resumed. */
        void resumed(EstablishedConnection connection, ServerMessage.Resumed resumed);

        /** A new connection replaces the lost one. */
        void startedOver(EstablishedConnection lost, ServerMessage.Connected connected);

        /** The connection cannot be resumed. */
        void notResumed(SessionException error);

        /** The server has closed the socket with a code that forbids to resume. */
        void closed(ChannelCloseReason reason);

        boolean mayStartOver();
    }

    private final SessionLoop loop;
    private final ConnectOptions options;
    private final NodeAddresses addresses;
    private final SignalingClient signaling;
    private final Host host;
    private final ReconnectSchedule schedule;
    private ReconnectState state = ReconnectState.IDLE;
    private @Nullable EstablishedConnection lost;
    private long startOverMillis = START_OVER_MILLIS;
    private long requestId = NO_REQUEST;
    private long catchUpTo;

    public Reconnector(
            SessionLoop loop, ConnectOptions options, NodeAddresses addresses, SignalingClient signaling, Host host) {
        this.loop = loop;
        this.options = options;
        this.addresses = addresses;
        this.signaling = signaling;
        this.host = host;
        this.schedule = new ReconnectSchedule(loop, this::isMediaLost, addresses::hasAlternatives, this);
    }

    private boolean isMediaLost() {
        EstablishedConnection current = lost;
        return current != null && current.isMediaLost();
    }

    /**
     * Begins to resume a connection.
     *
     * @return whether to report it to the application; false if the last reconnection has not been reported yet
     */
    public boolean begin(EstablishedConnection connection) {
        boolean news = state != ReconnectState.CATCHING_UP;
        move(ReconnectState.Input.LOST);
        lost = connection;
        addresses.lost();
        startOverMillis = START_OVER_MILLIS + schedule.begin(connection.timings());
        schedule.attemptLater();
        return news;
    }

    /** The server says when it wants to be asked again. */
    public void hint(long retryAfterMillis) {
        schedule.hint(retryAfterMillis);
    }

    /** {@return whether the server does not know the connection and has not made a new one yet} */
    public boolean isStartingOver() {
        return state.isStartingOver();
    }

    @Override
    public void attempt() {
        signaling.open(addresses.next());
    }

    @Override
    public void attemptTimedOut() {
        if (state == ReconnectState.CONNECT_SENT) {
            // the server may still read the request: end the connection that it would make
            signaling.send(new ClientMessage.Disconnect());
            signaling.close();
        } else {
            signaling.abort();
        }
        attemptFailed();
    }

    @Override
    public void timedOut() {
        host.notResumed(DisconnectCauses.lost("the server could not be reached for too long"));
    }

    public void onReached() {
        if (state.isUnderWay()) {
            schedule.reached();
        }
    }

    public void onOpen() {
        EstablishedConnection current = lost;
        if (current == null || !state.isUnderWay()) {
            return;
        }
        schedule.opened();
        if (state.isStartingOver()) {
            signaling.ask(
                    id -> sent(id, ConnectAttempt.request(id, current.token(), options)),
                    reply -> connectAnswered(current, reply));
        } else {
            signaling.ask(id -> sent(id, resume(id, current)), reply -> resumeAnswered(current, reply));
        }
    }

    private ClientMessage.Request sent(long id, ClientMessage.Request request) {
        requestId = id;
        move(ReconnectState.Input.SENT);
        return request;
    }

    private ClientMessage.Request resume(long id, EstablishedConnection current) {
        return new ClientMessage.Resume(
                id,
                MessageCodec.PROTOCOL_VERSION,
                options.sessionId(),
                current.id(),
                current.resumeKey(),
                current.updates().sequence());
    }

    public void onEnd(ChannelCloseReason reason) {
        if (mayRetry(reason)) {
            schedule.heard();
            attemptFailed();
        } else {
            forgetRequest();
            host.closed(reason);
        }
    }

    /** A socket that was closed because its request came too late says nothing about the connection. */
    private static boolean mayRetry(ChannelCloseReason reason) {
        return reason.resumable() || reason.closeCode() == CloseCode.CONNECT_TIMEOUT.code();
    }

    private void attemptFailed() {
        forgetRequest();
        move(ReconnectState.Input.ATTEMPT_FAILED);
        schedule.attemptLater();
    }

    private void resumeAnswered(EstablishedConnection current, ServerMessage.Reply reply) {
        requestId = NO_REQUEST;
        if (reply instanceof ServerMessage.Resumed resumed) {
            move(ReconnectState.Input.RESUMED);
            schedule.stop();
            lost = null;
            catchUpTo = resumed.sequence();
            host.resumed(current, resumed);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retry()) {
                if (failed.retryAfterMillis() != null) {
                    schedule.postpone();
                }
                retry(failed);
            } else if (failed.code() == ErrorCode.UNKNOWN_RESUME.code() && mayStartOver()) {
                startOver();
            } else {
                host.notResumed(SessionErrors.of(failed));
            }
        }
    }

    private boolean mayStartOver() {
        return host.mayStartOver() && loop.wallMillis() - signaling.lastMessageWallMillis() <= startOverMillis;
    }

    private void startOver() {
        LOG.warn(
                "event=startingOver session={} cause=\"the server does not know the connection\"", options.sessionId());
        move(ReconnectState.Input.UNKNOWN);
        signaling.close();
        schedule.beginAnew(options.connectTimeoutMillis());
        schedule.attemptLater();
    }

    private void connectAnswered(EstablishedConnection current, ServerMessage.Reply reply) {
        requestId = NO_REQUEST;
        if (reply instanceof ServerMessage.Connected connected) {
            move(ReconnectState.Input.CONNECTED);
            schedule.stop();
            lost = null;
            host.startedOver(current, connected);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retry() || failed.retryAfterMillis() != null) {
                retry(failed);
            } else {
                host.notResumed(SessionErrors.of(failed));
            }
        }
    }

    private void retry(ServerMessage.Failed failed) {
        schedule.heard();
        schedule.hint(failed.retryAfterMillis() == null ? 0 : failed.retryAfterMillis());
        signaling.close();
        attemptFailed();
    }

    /** {@return true once after a reconnection: when the events up to the one that the server named have been handled} */
    public boolean isCaughtUp(long sequence) {
        if (state != ReconnectState.CATCHING_UP || sequence < catchUpTo) {
            return false;
        }
        move(ReconnectState.Input.CAUGHT_UP);
        return true;
    }

    /** The connection has ended: nothing of it is valid for the next one. */
    public void stop() {
        forgetRequest();
        move(ReconnectState.Input.STOPPED);
        schedule.hint(0);
        schedule.stop();
        lost = null;
    }

    private void forgetRequest() {
        if (requestId != NO_REQUEST) {
            signaling.requests().forget(requestId);
            requestId = NO_REQUEST;
        }
    }

    private void move(ReconnectState.Input input) {
        ReconnectState next = state.after(input);
        if (next == null) {
            throw new IllegalStateException(input + " in state " + state);
        }
        state = next;
    }
}
