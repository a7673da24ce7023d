package dev.videosession.server.internal.router.janus;

import dev.videosession.server.internal.router.RouterCounts;
import dev.videosession.server.internal.router.janus.process.LinkCapacity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links of one Janus, and how many it may carry. Links are added on the router's event loop only. */
final class JanusCapacity {
    private static final Logger LOG = LoggerFactory.getLogger(JanusCapacity.class);

    private final String router;
    private final LinkCapacity most;
    private final RouterCounts counts = new RouterCounts();
    private boolean full;

    /**
     * Creates an empty capacity.
     *
     * @param router its name, for the log
     * @param most how many links it carries
     */
    JanusCapacity(String router, LinkCapacity most) {
        this.router = router;
        this.most = most;
    }

    RouterCounts counts() {
        return counts;
    }

    /** {@return how many links it carries} */
    int most() {
        return most.links();
    }

    /** {@return whether no further link fits, on any thread} */
    boolean isFull() {
        return counts.links() >= most.links();
    }

    /** {@return whether one more link fits} */
    boolean hasRoom() {
        int present = counts.links();
        full &= present > most.links() * 9L / 10;
        if (present < most.links()) {
            return true;
        }
        if (!full) {
            full = true;
            LOG.warn(
                    "event=routerFull router={} links={} limit=\"{}\" advice=\"{}\"",
                    router,
                    present,
                    most.limit(),
                    most.advice());
        }
        return false;
    }

    /** {@return why a link is refused} */
    String refusal() {
        return "the router has " + most.links() + " links, as many as it carries because of the " + most.limit();
    }
}
