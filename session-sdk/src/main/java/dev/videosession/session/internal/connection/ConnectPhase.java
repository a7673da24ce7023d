package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the server to let the session in, until it answers or the time is over. Lives on the session's loop. */
final class ConnectPhase {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectPhase.class);

    /** Whose connection it is to be. */
    interface Host {
        void connected(ServerMessage.Connected connected, String token);

        void notConnected(SessionException error);
    }

    private final SessionLoop loop;
    private final ConnectOptions options;
    private final SignalingClient wire;
    private final Host host;
    private @Nullable ConnectAttempt attempt;
    private SessionLoop.@Nullable Timer deadline;

    ConnectPhase(SessionLoop loop, ConnectOptions options, SignalingClient wire, Host host) {
        this.loop = loop;
        this.options = options;
        this.wire = wire;
        this.host = host;
    }

    void begin(ConnectAttempt wanted) {
        attempt = wanted;
        long timeout = options.connectTimeoutMillis();
        deadline = loop.schedule(
                timeout,
                () -> fail(
                        ErrorCode.CONNECT_TIMEOUT,
                        "no answer from " + options.server() + " within " + timeout + " ms"));
        openSocket();
    }

    /** Somebody else waits for the same. */
    void join(PendingResult outcome) {
        if (attempt != null) {
            attempt.join(outcome);
        }
    }

    private void openSocket() {
        try {
            wire.open();
        } catch (IllegalArgumentException e) {
            fail(ErrorCode.CONNECT_FAILED, "not a server's address: " + e.getMessage());
        }
    }

    void onOpen() {
        ConnectAttempt current = attempt;
        if (current != null) {
            wire.ask(id -> ConnectAttempt.request(id, current.token(), options), reply -> answered(current, reply));
        }
    }

    void onEnd(ChannelCloseReason end) {
        if (attempt != null) {
            ErrorCode code = ErrorCode.CONNECT_FAILED;
            String message = "Cannot connect to " + options.server() + ": " + end.description();
            host.notConnected(new SessionException(code.code(), code.errorName(), message, end.retry(), end.cause()));
        }
    }

    private void answered(ConnectAttempt current, ServerMessage.Reply reply) {
        if (attempt != current) {
            return;
        }
        if (reply instanceof ServerMessage.Connected connected) {
            stopClock();
            host.connected(connected, current.token());
        } else if (reply instanceof ServerMessage.Failed failed) {
            if (failed.retryAfterMillis() != null) {
                askLater(current, failed);
            } else {
                host.notConnected(SessionErrors.of(failed));
            }
        }
    }

    /** The server is too busy to let everybody in at once; the deadline stays. */
    private void askLater(ConnectAttempt waiting, ServerMessage.Failed failed) {
        wire.close();
        long wait = waiting.waitMillis(failed);
        LOG.info("session {}: {}; next attempt in {} ms", options.sessionId(), failed.message(), wait);
        loop.schedule(wait, () -> {
            if (attempt == waiting) {
                openSocket();
            }
        });
    }

    void fail(ErrorCode code, String message) {
        if (attempt != null) {
            host.notConnected(new SessionException(code, message));
        }
    }

    /** Ends it: whoever waits is told. */
    void settle(Consumer<PendingResult> how) {
        stopClock();
        ConnectAttempt settled = attempt;
        attempt = null;
        if (settled != null) {
            settled.settle(how);
        }
    }

    private void stopClock() {
        if (deadline != null) {
            deadline.cancel();
            deadline = null;
        }
    }
}
