package dev.videosession.server.internal.link.routed;

import dev.videosession.server.internal.state.Link;
import org.jspecify.annotations.Nullable;

/**
 * The right to drive the media router of one session. Of the servers that share a session one has it: it opens the session's room,
 * and messages to the router go to it. Belongs to the session's loop.
 */
public interface RouterLease {
    /** The lease of a server that shares its sessions with no other one. */
    RouterLease ALONE = new RouterLease() {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public boolean isShared() {
            return false;
        }

        @Override
        public boolean isFullElsewhere() {
            return false;
        }

        @Override
        public int term() {
            return 0;
        }

        @Override
        public void require() {
            // held
        }

        @Override
        public void released() {
            throw new IllegalStateException("there is no other server");
        }

        @Override
        public void record(@Nullable Link closed, Link opened, Runnable then) {
            then.run();
        }
    };

    /** {@return whether this server drives the router} */
    boolean isHeld();

    /** {@return whether other servers may have opened links of the session} */
    boolean isShared();

    /** {@return whether another server drives the router, and said that its routers take no further link} */
    boolean isFullElsewhere();

    /** {@return how often the lease has changed hands, so that what a later holder numbers follows what an earlier one did} */
    int term();

    /** Something is for the router: if no server drives it, this one takes the lease. */
    void require();

    /** Another server has the lease now, or the session is empty. */
    void released();

    /**
     * Writes that the link from a publisher to the router has changed, for servers that take the publisher or the lease over.
     *
     * @param closed the link that is replaced, or null
     * @param opened the new link
     * @param then called when it is written, unless the lease is lost or the stream ends before
     */
    void record(@Nullable Link closed, Link opened, Runnable then);
}
