package dev.videosession.server.internal.limit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the network with most unauthenticated sockets. Counts change by one at a time, so that a set of networks for each
 * count finds the largest in constant time. Not thread-safe.
 */
final class NetworkRanking {
    private final List<Set<NetworkSockets>> byCount = new ArrayList<>(List.of(new LinkedHashSet<>()));
    private int largest;
    private int unauthenticated;

    /** {@return how many unauthenticated sockets all networks have} */
    int unauthenticated() {
        return unauthenticated;
    }

    /** Runs a change of one network by at most one socket. */
    void change(NetworkSockets network, Runnable change) {
        int before = network.unauthenticated();
        change.run();
        int after = network.unauthenticated();
        unauthenticated += after - before;
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
     * Returns the network with most unauthenticated sockets.
     *
     * @param network the network of the new socket, which is preferred among equals
     */
    NetworkSockets largest(NetworkSockets network) {
        boolean own = largest == 0 || network.unauthenticated() >= largest;
        return own ? network : byCount.get(largest).iterator().next();
    }
}
