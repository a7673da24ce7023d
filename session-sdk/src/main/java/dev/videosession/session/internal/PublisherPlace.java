package dev.videosession.session.internal;

import dev.videosession.session.Session;
import org.jspecify.annotations.Nullable;

/** The state of a publisher and the session it is in. Safe for use from any thread. */
final class PublisherPlace {
    private PublisherState state = PublisherState.FREE;
    /** The session of the last publication. */
    private @Nullable SessionHandle session;

    synchronized PublisherState state() {
        return state;
    }

    /** {@return the session it is in or is being published to, or null} */
    synchronized @Nullable SessionHandle session() {
        return state.isInSession() ? session : null;
    }

    /**
     * Enters a session.
     *
     * @return why it cannot, or null
     */
    synchronized @Nullable String attach(SessionHandle entered) {
        if (move(PublisherState.Input.ATTACH)) {
            session = entered;
            return null;
        }
        if (state.isDestroyed()) {
            return "the publisher is destroyed; build a new one";
        }
        return session == null || session.equals(entered)
                ? "the publisher is already published in this session, or about to be"
                : "the publisher is published in the session "
                        + session.session().id() + "; unpublish it there first";
    }

    /**
     * Enters the session of the last publication again.
     *
     * @return why it cannot, or null
     */
    synchronized @Nullable String attachAgain() {
        return session == null ? "the publisher was in no session" : attach(session);
    }

    /** {@return why it cannot be unpublished from a session that does not have it} */
    synchronized String whyNotIn(Session asked) {
        if (state.isDestroyed()) {
            return "the publisher is destroyed and no longer published";
        }
        SessionHandle other = session();
        return other == null || other.session().equals(asked)
                ? "the publisher is not published"
                : "the publisher is published in the session " + other.session().id() + ", not in this one";
    }

    synchronized void detach() {
        require(PublisherState.Input.DETACH);
    }

    synchronized void startOver() {
        require(PublisherState.Input.START_OVER);
    }

    /** Ends the wait to be published again, if it has not ended otherwise. */
    synchronized void keep() {
        move(PublisherState.Input.KEEP);
    }

    /**
     * Destroys the publisher.
     *
     * @return false if it was destroyed before
     */
    synchronized boolean destroy() {
        return move(PublisherState.Input.DESTROY);
    }

    synchronized void reported() {
        require(PublisherState.Input.REPORTED);
    }

    private boolean move(PublisherState.Input input) {
        PublisherState next = state.after(input);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    private void require(PublisherState.Input input) {
        if (!move(input)) {
            throw new IllegalStateException(input + " in state " + state);
        }
    }
}
