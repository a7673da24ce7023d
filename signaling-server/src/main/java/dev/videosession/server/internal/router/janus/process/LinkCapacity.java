package dev.videosession.server.internal.router.janus.process;

import dev.videosession.server.settings.JanusSettings;
import java.util.Comparator;
import java.util.List;

/**
 * How many publications and subscriptions one Janus carries. Janus does not refuse a link when it has no file descriptor or
 * thread for it: it aborts.
 *
 * @param links how many
 * @param limit what permits no more, for people
 * @param advice what to do about it, for people
 */
public record LinkCapacity(int links, String limit, String advice) {
    private static final int MAX_LINKS = 2000;
    private static final String ADD_ROUTER = "add a router";

    /** Measured: two for each link and one for each of its addresses; one is spare. */
    private static final int DESCRIPTORS_PER_LINK = 3;

    /** For its libraries, sockets and log. */
    private static final int OTHER_DESCRIPTORS = 100;

    /** For Janus itself, and for the other processes that share the limit. */
    private static final int OTHER_THREADS = 300;

    /** The capacity of a Janus on another machine, whose limits are not known. */
    public static final LinkCapacity OF_OTHER_MACHINE = most(MAX_LINKS);

    private static LinkCapacity most(long links) {
        return new LinkCapacity((int) links, "most links of one router, " + MAX_LINKS, ADD_ROUTER);
    }

    /**
     * Computes the capacity of a Janus that this process starts.
     *
     * @param settings how it runs
     * @return what the limits of this process, which it inherits, and its ports permit
     */
    public static LinkCapacity ofChildProcess(JanusSettings settings) {
        return of(ProcessLimits.read(), MediaInterfaces.addresses(settings.interfaces()), settings);
    }

    static LinkCapacity of(ProcessLimits limits, int addresses, JanusSettings settings) {
        int descriptors = DESCRIPTORS_PER_LINK + Math.max(1, addresses);
        LinkCapacity byDescriptors = new LinkCapacity(
                fitting((limits.descriptors() - OTHER_DESCRIPTORS) / descriptors),
                "open files, " + limits.descriptors(),
                ADD_ROUTER + ", or raise ulimit -Hn; a link takes " + descriptors);
        LinkCapacity byThreads = new LinkCapacity(
                fitting(limits.threads() - OTHER_THREADS),
                "threads, " + limits.threads(),
                ADD_ROUTER + ", or raise ulimit -u or pids.max; a link takes one");
        int ports = settings.lastPort() - settings.firstPort() + 1;
        LinkCapacity byPorts = new LinkCapacity(
                settings.firstPort() == 0 ? MAX_LINKS : fitting(ports),
                "media ports, " + ports,
                ADD_ROUTER + ", or give it more ports");
        return List.of(most(MAX_LINKS), byDescriptors, byThreads, byPorts).stream()
                .min(Comparator.comparingInt(LinkCapacity::links))
                .orElseThrow();
    }

    private static int fitting(long links) {
        return (int) Math.max(1, Math.min(MAX_LINKS, links));
    }
}
