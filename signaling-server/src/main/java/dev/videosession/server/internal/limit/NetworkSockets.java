package dev.videosession.server.internal.limit;

import dev.videosession.server.internal.address.Network;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The sockets of one network. Not thread-safe. */
final class NetworkSockets {
    private final Network network;
    private final Set<SocketGate.Pass> idle = new LinkedHashSet<>();
    private final Set<SocketGate.Pass> busy = new LinkedHashSet<>();
    private int clients;

    NetworkSockets(Network network) {
        this.network = network;
    }

    Network network() {
        return network;
    }

    boolean isOf(Network other) {
        return network.equals(other);
    }

    int unauthenticated() {
        return idle.size() + busy.size();
    }

    int clients() {
        return clients;
    }

    void clients(int change) {
        clients += change;
    }

    boolean isEmpty() {
        return clients == 0 && idle.isEmpty() && busy.isEmpty();
    }

    void add(SocketGate.Pass socket, boolean isBusy) {
        (isBusy ? busy : idle).add(socket);
    }

    void remove(SocketGate.Pass socket, boolean isBusy) {
        (isBusy ? busy : idle).remove(socket);
    }

    /** {@return the unauthenticated socket that has been idle for longest; if all are busy, busy for longest} */
    Optional<SocketGate.Pass> oldest() {
        Iterator<SocketGate.Pass> candidates = (idle.isEmpty() ? busy : idle).iterator();
        return candidates.hasNext() ? Optional.of(candidates.next()) : Optional.empty();
    }
}
