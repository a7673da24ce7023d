package dev.videosession.server.internal.router.janus.session;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A handle of the VideoRoom plugin: one publisher, one subscriber, or the one that manages rooms. */
public final class JanusHandle {
    private final JanusSession session;
    private final long id;
    private final Listener listener;

    /** Receives what Janus says about a handle without being asked. Called on the event loop. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Janus has sent a message.
         *
         * @param type the value of its field {@code janus}
         * @param message the message
         */
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

    /**
     * Sends a request to the plugin.
     *
     * @param body of the request
     * @return the answer; fails with {@link JanusException}
     */
    public CompletionStage<JanusJson> request(Map<String, ?> body) {
        return session.request(id, body, null);
    }

    /**
     * Sends a request with a session description.
     *
     * @param body of the request
     * @param jsep the description, or null
     * @return the answer; fails with {@link JanusException}
     */
    public CompletionStage<JanusJson> request(Map<String, ?> body, @Nullable Map<String, ?> jsep) {
        return session.request(id, body, jsep);
    }

    /**
     * Like {@link #request(Map, Map)}, for a request that may arrive twice: it is sent again if a lost socket may have lost it.
     *
     * @param body of the request
     * @param jsep the description, or null
     * @return the answer; fails with {@link JanusException}
     */
    public CompletionStage<JanusJson> requestAgain(Map<String, ?> body, @Nullable Map<String, ?> jsep) {
        return session.requestAgain(id, body, jsep);
    }

    /** Releases the handle and everything that it holds. */
    public void detach() {
        session.detach(id);
    }
}
