package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects: opens a socket and asks the server for a connection, again if the server is too busy, until it answers or the
 * time is over. Used on the session's loop.
 */
public final class ConnectPhase {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectPhase.class);

    /** The owner of the connection. One of its methods is called once for each attempt. */
    public interface Host {
        /** The server has established the connection. */
        void connected(ServerMessage.Connected connected, ConnectAttempt attempt);

        /** There will be no connection. */
        void notConnected(SessionException error);
    }

    private final SessionLoop loop;
    private final ConnectOptions options;
    private final SignalingClient signaling;
    private final Host host;
    private @Nullable ConnectAttempt attempt;
    private SessionLoop.@Nullable Timer deadline;

    public ConnectPhase(SessionLoop loop, ConnectOptions options, SignalingClient signaling, Host host) {
        this.loop = loop;
        this.options = options;
        this.signaling = signaling;
        this.host = host;
    }

    public void begin(ConnectAttempt wanted) {
        attempt = wanted;
        long timeout = options.connectTimeoutMillis();
        deadline = loop.schedule(
                timeout,
                () -> fail(
                        ErrorCode.CONNECT_TIMEOUT,
                        "no answer from " + options.server() + " within " + timeout + " ms"));
        openSocket();
    }

    /** Adds a call of {@code connect} that waits for the same connection. */
    public void join(PendingResult result) {
        if (attempt != null) {
            attempt.join(result);
        }
    }

    /** Keeps a command until the session is connected. */
    public void defer(DeferredCommand command) {
        if (attempt != null) {
            attempt.defer(command);
        }
    }

    private void openSocket() {
        try {
            signaling.open();
        } catch (IllegalArgumentException e) {
            fail(ErrorCode.CONNECT_FAILED, "not a server's address: " + e.getMessage());
        }
    }

    public void onOpen() {
        ConnectAttempt current = attempt;
        if (current != null) {
            signaling.ask(
                    id -> ConnectAttempt.request(id, current.token(), options), reply -> answered(current, reply));
        }
    }

    public void onEnd(ChannelCloseReason reason) {
        if (attempt != null) {
            host.notConnected(new SessionException(
                    ErrorCode.CONNECT_FAILED,
                    "Cannot connect to " + options.server() + ": " + reason.description(),
                    reason.retry(),
                    reason.cause()));
        }
    }

    private void answered(ConnectAttempt current, ServerMessage.Reply reply) {
        if (attempt != current) {
            return;
        }
        if (reply instanceof ServerMessage.Connected connected) {
            take();
            host.connected(connected, current);
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retryAfterMillis() != null) {
                askLater(current, failed);
            } else {
                host.notConnected(SessionErrors.of(failed));
            }
        }
    }

    /** The server is too busy and says when to ask again. The deadline stays. */
    private void askLater(ConnectAttempt waiting, ServerMessage.Failed failed) {
        signaling.close();
        long wait = waiting.waitMillis(failed);
        LOG.info(
                "event=connectDelayed session={} reason=\"{}\" retryMillis={}",
                options.sessionId(),
                failed.message(),
                wait);
        loop.schedule(wait, () -> {
            if (attempt == waiting) {
                openSocket();
            }
        });
    }

    public void fail(ErrorCode code, String message) {
        if (attempt != null) {
            host.notConnected(new SessionException(code, message));
        }
    }

    /**
     * Ends the phase.
     *
     * @return its attempt, or null if it was not under way
     */
    @Nullable
    public ConnectAttempt take() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
        ConnectAttempt taken = attempt;
        attempt = null;
        return taken;
    }
}
