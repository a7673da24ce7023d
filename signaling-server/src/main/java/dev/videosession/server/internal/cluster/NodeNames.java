package dev.videosession.server.internal.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/** The names of nodes that this one has seen, also of those that have lost their lease since, for log lines. Thread-safe. */
final class NodeNames {
    private static final int MAX_NAMES = 1024;

    private final Map<Long, String> names = new LinkedHashMap<>(); // guarded by this

    /** Adds the names of the nodes that have a lease. Only the latest 1,024 names are kept. */
    synchronized void follow(Map<Long, NodeInfo> nodes) {
        nodes.forEach((epoch, node) -> {
            names.remove(epoch);
            names.put(epoch, node.id());
        });
        while (names.size() > MAX_NAMES) {
            names.remove(names.keySet().iterator().next());
        }
    }

    /** {@return the name of a node, or {@code unknown} if its lease had ended before this node joined} */
    synchronized String of(long epoch) {
        return names.getOrDefault(epoch, "unknown");
    }
}
