package dev.videosession.server.internal.link;

import dev.videosession.protocol.message.LinkId;
import java.util.HashSet;
import java.util.Set;

/**
 * The links that messages are about while links are read from the log: what the messages say may be newer than what is read. Belongs
 * to the session's loop.
 */
public final class LinkReadings {
    private final Set<Reading> open = new HashSet<>(0);

    /** From the moment in which the log is asked until what it says is used. */
    public final class Reading implements AutoCloseable {
        private final Set<LinkId> changed = new HashSet<>(0);

        private Reading() {
            open.add(this);
        }

        /**
         * Tells whether a link may have changed since the log was asked.
         *
         * @param linkId the link
         * @return true if a message was about it
         */
        public boolean isOutdated(LinkId linkId) {
            return changed.contains(linkId);
        }

        /** Ends the reading. */
        @Override
        public void close() {
            open.remove(this);
        }
    }

    /** {@return a reading that begins now} */
    public Reading begin() {
        return new Reading();
    }

    /** A message is about a link. */
    void changed(LinkId linkId) {
        open.forEach(reading -> reading.changed.add(linkId));
    }
}
