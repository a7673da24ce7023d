package dev.videosession.server.internal.router.janus;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handle of the VideoRoom plugin: one publisher, one subscriber, or the one that manages rooms. */
final class JanusHandle {
    private final JanusSession session;
    private final long id;
    private final Listener listener;

    /** Receives what Janus says about a handle without being asked. Called on the event loop. */
    interface Listener {
        /** A message whose field {@code janus} has this value. */
        void onMessage(String type, JanusJson message);
    }

    JanusHandle(JanusSession session, long id, Listener listener) {
        this.session = session;
        this.id = id;
        this.listener = listener;
    }

    void receive(String type, JanusJson message) {
        listener.onMessage(type, message);
    }

    CompletionStage<JanusJson> request(Map<String, ?> body) {
        return session.request(id, body, null);
    }

    CompletionStage<JanusJson> request(Map<String, ?> body, @Nullable Map<String, ?> jsep) {
        return session.request(id, body, jsep);
    }

    /** Like {@link #request(Map, Map)}, for a request that may arrive twice: it is sent again if a lost socket may have lost it. */
    CompletionStage<JanusJson> requestAgain(Map<String, ?> body, @Nullable Map<String, ?> jsep) {
        return session.requestAgain(id, body, jsep);
    }

    /** Releases the handle and everything that it holds. */
    void detach() {
        session.detach(id);
    }
}
