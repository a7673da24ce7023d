package dev.videosession.server.internal.link;

import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.state.Link;
import java.util.Collection;
import java.util.List;

/**
 * Begins and ends to drive the media router of one session. Of the servers that share a session one drives its router. Belongs to the
 * session's loop.
 */
public interface RouterDriver {
    /** The driver of a session without a router. */
    RouterDriver NONE = new RouterDriver() {
        @Override
        public boolean isDriving() {
            return false;
        }

        @Override
        public Reading read() {
            throw new IllegalStateException("there is no router");
        }

        @Override
        public void release() {}

        @Override
        public void passOn() {}

        @Override
        public boolean isPassingOn() {
            return false;
        }
    };

    /** {@return whether this server drives the router, so that messages to the router come here} */
    boolean isDriving();

    /** The links of the session while they are read from the log. Links that messages are about meanwhile are left alone. */
    interface Reading extends AutoCloseable {
        /**
         * Begins to drive the router, or makes up for messages to it that were lost. Publishers get new links to it, subscribers an
         * offer under their old link.
         *
         * @param recorded the open links of the session
         * @param streams all streams of the session
         * @param drops whether to close links of subscribers that the log lacks: at first, their servers may be about to write them again
         * @return whether there are such links, and they were not closed
         */
        boolean drive(List<Link> recorded, Collection<StreamInfo> streams, boolean drops);

        @Override
        void close();
    }

    /** {@return to be used once, and closed} */
    Reading read();

    /** Another server drives the router from now on, or this one serves the session no longer. */
    void release();

    /** Another server drives the router from now on. This one forwards until clients have moved to the other router, at most 11 s. */
    void passOn();

    /** {@return whether this server still forwards what another one will} May be called on any thread. */
    boolean isPassingOn();
}
