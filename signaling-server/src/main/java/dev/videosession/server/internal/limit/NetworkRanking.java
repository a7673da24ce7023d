package dev.videosession.server.internal.limit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Knows which network holds most strangers. Counts change by one at a time, so that a list of networks for each count
 * finds the largest in constant time. Not thread-safe.
 */
final class NetworkRanking {
    private final List<Set<NetworkSockets>> byCount = new ArrayList<>(List.of(new LinkedHashSet<>()));
    private int largest;
    private int strangers;

    /** Returns the number of strangers in all networks. */
    int strangers() {
        return strangers;
    }

    /** Carries out a change of one network by at most one stranger. */
    void change(NetworkSockets network, Runnable change) {
        int before = network.strangers();
        change.run();
        int after = network.strangers();
        strangers += after - before;
        if (before > 0) {
            byCount.get(before).remove(network);
        }
        if (after > 0) {
            if (after == byCount.size()) {
                byCount.add(new LinkedHashSet<>());
            }
            byCount.get(after).add(network);
        }
        largest = Math.max(largest, after);
        while (largest > 0 && byCount.get(largest).isEmpty()) {
            largest--;
        }
    }

    /**
     * Returns the network that holds most strangers.
     *
     * @param newcomer the network of the one that asks, which is preferred among equals
     */
    NetworkSockets largest(NetworkSockets newcomer) {
        boolean own = largest == 0 || newcomer.strangers() >= largest;
        return own ? newcomer : byCount.get(largest).iterator().next();
    }
}
