package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.dispatch.SessionErrors;
import dev.videosession.session.internal.loop.SessionLoop;
import dev.videosession.session.internal.signaling.ChannelCloseReason;
import dev.videosession.session.internal.signaling.SignalingClient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects: opens a socket and asks the server for a connection, again if the server is too busy, until it answers or the
 * time is over. A server with several addresses is asked at each of them, one after the other. Used on the session's loop.
 */
public final class ConnectPhase {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectPhase.class);
    /** How long a node may take to answer before the next one is tried. */
    private static final long NODE_MILLIS = 4_000;

    private static final long NO_REQUEST = -1;

    /** The owner of the connection. One of its methods is called once for each attempt. */
    public interface Host {
        /** The server has established the connection. */
        void connected(ServerMessage.Connected connected, ConnectAttempt attempt);

        /** There will be no connection. */
        void notConnected(SessionException error);
    }

    private final SessionLoop loop;
    private final ConnectOptions options;
    private final NodeAddresses addresses;
    private final SignalingClient signaling;
    private final Host host;
    private @Nullable ConnectAttempt attempt;
    private SessionLoop.@Nullable Timer deadline;
    private SessionLoop.@Nullable Timer nextNode;
    private final List<String> failures = new ArrayList<>();
    private long requestId = NO_REQUEST;

    public ConnectPhase(
            SessionLoop loop, ConnectOptions options, NodeAddresses addresses, SignalingClient signaling, Host host) {
        this.loop = loop;
        this.options = options;
        this.addresses = addresses;
        this.signaling = signaling;
        this.host = host;
    }

    public void begin(ConnectAttempt wanted) {
        attempt = wanted;
        long timeout = options.connectTimeoutMillis();
        addresses.connect();
        failures.clear();
        deadline = loop.schedule(timeout, () -> timedOut(timeout));
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

    private void timedOut(long timeout) {
        String earlier = failures.isEmpty() ? "" : "; " + String.join("; ", failures);
        fail(
                ErrorCode.CONNECT_TIMEOUT,
                "no answer from " + addresses.current() + " within " + timeout + " ms" + earlier);
    }

    private void openSocket() {
        try {
            signaling.open(addresses.next());
        } catch (IllegalArgumentException e) {
            fail(ErrorCode.CONNECT_FAILED, "not a server's address: " + e.getMessage());
            return;
        }
        cancelNextNode();
        if (addresses.hasUntried()) {
            nextNode = loop.schedule(NODE_MILLIS, () -> {
                failures.add(addresses.current() + ": no answer within " + NODE_MILLIS + " ms");
                // the node may still read the request: end the connection that it would make
                signaling.send(new ClientMessage.Disconnect());
                signaling.close();
                forgetRequest();
                openSocket();
            });
        }
    }

    private void forgetRequest() {
        if (requestId != NO_REQUEST) {
            signaling.requests().forget(requestId);
            requestId = NO_REQUEST;
        }
    }

    private void cancelNextNode() {
        if (nextNode != null) {
            nextNode.cancel();
            nextNode = null;
        }
    }

    public void onOpen() {
        ConnectAttempt current = attempt;
        if (current != null) {
            signaling.ask(id -> request(id, current), reply -> answered(current, reply));
        }
    }

    private ClientMessage.Request request(long id, ConnectAttempt current) {
        requestId = id;
        return ConnectAttempt.request(id, current.token(), options);
    }

    public void onEnd(ChannelCloseReason reason) {
        if (attempt == null) {
            return;
        }
        failures.add(addresses.current() + ": " + reason.description());
        if (addresses.hasUntried()) {
            forgetRequest();
            openSocket();
        } else {
            host.notConnected(new SessionException(
                    ErrorCode.CONNECT_FAILED,
                    "Cannot connect to " + String.join("; ", failures),
                    reason.retry(),
                    reason.cause()));
        }
    }

    private void answered(ConnectAttempt current, ServerMessage.Reply reply) {
        if (attempt != current) {
            return;
        }
        requestId = NO_REQUEST;
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
        cancelNextNode();
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
        cancelNextNode();
        requestId = NO_REQUEST;
        ConnectAttempt taken = attempt;
        attempt = null;
        return taken;
    }
}
