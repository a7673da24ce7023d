package dev.videosession.session;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.MessageCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** A connection that is being asked for, and everybody who waits for it. Lives on the session's loop. */
final class ConnectAttempt {
    private final String token;
    private final List<Outcome> waiting = new ArrayList<>();

    ConnectAttempt(String token, Outcome outcome) {
        this.token = token;
        waiting.add(outcome);
    }

    void join(Outcome outcome) {
        waiting.add(outcome);
    }

    LongFunction<ClientMessage.Request> request(ConnectOptions options) {
        return id -> new ClientMessage.Connect(
                id,
                MessageCodec.PROTOCOL_VERSION,
                options.sessionId(),
                token,
                ConnectOptions.CLIENT,
                options.connectionEventsSuppressed());
    }

    void settle(Consumer<Outcome> how) {
        waiting.forEach(how);
    }
}
