package dev.videosession.server.internal.start;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.settings.ServerLimits;
import java.lang.management.ManagementFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the limit of sockets below that of the process, so that the server never runs out of file descriptors. */
final class DescriptorLimit {
    /** For files, listeners and the sockets of webhooks. */
    private static final int SPARE = 128;

    private static final int FEWEST = 16;
    private static final int DEFAULT = ServerLimits.builder().build().sockets();
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorLimit.class);

    private DescriptorLimit() {}

    /** {@return as many of the sockets as this process may open} */
    static int fit(int sockets) {
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean process)) {
            return sockets;
        }
        long most = process.getMaxFileDescriptorCount();
        int fitting = fit(sockets, most, process.getOpenFileDescriptorCount());
        if (fitting < sockets && isChosen(sockets)) {
            LOG.warn(
                    "event=socketsLowered from={} to={} descriptors={} advice=\"raise ulimit -n or LimitNOFILE, or lower"
                            + " the limit of sockets\"",
                    sockets,
                    fitting,
                    most);
        } else if (fitting < sockets) {
            LOG.info(
                    "event=socketsLowered from={} to={} descriptors={} meaning=\"the process may open too few files for the"
                            + " default of sockets, so the server accepts fewer; for more, raise ulimit -n or LimitNOFILE\"",
                    sockets,
                    fitting,
                    most);
        }
        return fitting;
    }

    /** {@return whether a program has set the limit; the default is more than many machines need} */
    static boolean isChosen(int sockets) {
        return sockets != DEFAULT;
    }

    static int fit(int sockets, long most, long open) {
        long free = most < 0 ? Long.MAX_VALUE : most - open - SPARE;
        return (int) Math.min(sockets, Math.max(FEWEST, free - SocketGate.EVICTED));
    }
}
