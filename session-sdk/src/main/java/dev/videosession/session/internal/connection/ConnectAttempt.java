package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.TokenProject;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.signaling.PendingRequests;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is being asked for: its token, the calls of {@code connect} that wait for it, and the commands that were
 * given meanwhile. Used on the session's loop.
 */
public final class ConnectAttempt {
    private final String token;
    private final List<PendingResult> results = new ArrayList<>();
    private final List<DeferredCommand> commands = new ArrayList<>();
    private final Backoff backoff;

    public ConnectAttempt(String token, PendingResult result, RandomGenerator random) {
        this.token = token;
        this.backoff = new Backoff(random);
        results.add(result);
    }

    public void join(PendingResult result) {
        results.add(result);
    }

    /** Keeps a command until the session is connected, or fails to connect. */
    public void defer(DeferredCommand command) {
        if (commands.size() < PendingRequests.LIMIT) {
            commands.add(command);
        } else {
            command.refuse()
                    .accept(new SessionException(
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            PendingRequests.LIMIT + " calls are waiting for the session to connect"));
        }
    }

    public String token() {
        return token;
    }

    /** {@return why the server cannot be asked with this token, or null if it can} */
    public static @Nullable SessionException refuse(String token, ConnectOptions options) {
        String apiKey = options.apiKey();
        String project = TokenProject.of(token).orElse(apiKey);
        if (!project.equals(apiKey)) {
            String given = apiKey.isEmpty()
                    ? "the session was made without an API key"
                    : "the session was made with the API key " + apiKey;
            return new SessionException(
                    ErrorCode.AUTHENTICATION_ERROR,
                    given + ", but the token belongs to the project " + project
                            + ". Use the key and the token of one project.");
        }
        try {
            request(1, token, options);
            return null;
        } catch (IllegalArgumentException e) {
            return new SessionException(ErrorCode.AUTHENTICATION_ERROR, String.valueOf(e.getMessage()));
        }
    }

    static ClientMessage.Request request(long id, String token, ConnectOptions options) {
        return new ClientMessage.Connect(
                id,
                MessageCodec.PROTOCOL_VERSION,
                options.sessionId(),
                token,
                ConnectOptions.CLIENT,
                options.connectionEventsSuppressed(),
                Feature.ALL);
    }

    /** {@return how long to wait before the next try: what the server asks for, plus a random time} */
    long waitMillis(ServerMessage.Failed failed) {
        Long asked = failed.retryAfterMillis();
        return (asked == null ? 0 : Math.max(0, asked)) + backoff.next();
    }

    /** Completes the calls of {@code connect}. The commands are still to be run. */
    public void succeed() {
        results.forEach(PendingResult::succeed);
    }

    /** Runs the commands that were given meanwhile, in order. */
    public void runCommands(EstablishedConnection connection) {
        commands.forEach(each -> each.run().accept(connection));
    }

    /** Fails the calls of {@code connect} and the commands, all with the same error. */
    public void fail(SessionException error) {
        results.forEach(each -> each.fail(error));
        commands.forEach(each -> each.refuse().accept(error));
    }
}
