package dev.videosession.server.internal.router.janus;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that one Janus carries, and how many it may carry: Janus does not refuse a link when it has no file descriptor for
 * it, it aborts. Changed on the router's event loop only.
 */
final class JanusCapacity {
    private static final Logger LOG = LoggerFactory.getLogger(JanusCapacity.class);

    /** Each link costs Janus a thread. */
    private static final int MAX_LINKS = 2000;

    /** Measured: three for each link; one is spare. */
    private static final int DESCRIPTORS_PER_LINK = 4;

    /** For its libraries, sockets and log. */
    private static final int OTHER_DESCRIPTORS = 100;

    private final String router;
    private final int most;
    private volatile int links;
    private boolean full;

    /**
     * Creates an empty capacity.
     *
     * @param router its name, for the log
     * @param most how many links it carries
     */
    JanusCapacity(String router, int most) {
        this.router = router;
        this.most = most;
    }

    /** {@return the links of a Janus that runs on another machine, whose limits are not known} */
    static int ofOtherMachine() {
        return MAX_LINKS;
    }

    /** {@return the links of a Janus that this process starts: it inherits the limit of file descriptors} */
    static int ofChildProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? of(system.getMaxFileDescriptorCount())
                : MAX_LINKS;
    }

    static int of(long descriptors) {
        long fitting = (descriptors - OTHER_DESCRIPTORS) / DESCRIPTORS_PER_LINK;
        return descriptors < 0 ? MAX_LINKS : (int) Math.max(1, Math.min(MAX_LINKS, fitting));
    }

    /**
     * Takes one more link in.
     *
     * @return false if there is no room for it
     */
    boolean add() {
        int present = links; // changed on the event loop only
        if (present < most) {
            links = present + 1;
            return true;
        }
        if (!full) {
            full = true;
            LOG.warn(
                    "event=routerFull router={} links={} advice=\"add a router, or raise ulimit -n\"", router, present);
        }
        return false;
    }

    /**
     * Takes links out.
     *
     * @param count how many have ended
     */
    void remove(int count) {
        int left = links - count;
        links = left;
        full &= left > most * 9L / 10;
    }

    /** {@return how many links there are, on any thread} */
    int links() {
        return links;
    }

    /** {@return why a link is refused} */
    String refusal() {
        return "the router has " + most + " links, as many as it carries";
    }
}
