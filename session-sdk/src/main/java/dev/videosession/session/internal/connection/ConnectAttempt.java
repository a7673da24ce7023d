package dev.videosession.session.internal.connection;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Feature;
import dev.videosession.protocol.MessageCodec;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.protocol.TokenProject;
import dev.videosession.session.SessionException;
import dev.videosession.session.internal.dispatch.PendingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A connection that is being asked for, and everybody who waits for it. Lives on the session's loop. */
final class ConnectAttempt {
    private final String token;
    private final List<PendingResult> waiting = new ArrayList<>();
    private final Backoff backoff;

    ConnectAttempt(String token, PendingResult outcome, RandomGenerator random) {
        this.token = token;
        this.backoff = new Backoff(random);
        waiting.add(outcome);
    }

    void join(PendingResult outcome) {
        waiting.add(outcome);
    }

    String token() {
        return token;
    }

    /** Returns why the server cannot be asked with this token, or null if it can. */
    static @Nullable SessionException refuse(String token, ConnectOptions options) {
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

    /** Returns how long to wait before the next try: what the server asks for, and some more that differs by client. */
    long waitMillis(ServerMessage.Failed failed) {
        Long asked = failed.retryAfterMillis();
        return (asked == null ? 0 : Math.max(0, asked)) + backoff.next();
    }

    void settle(Consumer<PendingResult> how) {
        waiting.forEach(how);
    }
}
