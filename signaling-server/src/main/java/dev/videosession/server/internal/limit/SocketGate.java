package dev.videosession.server.internal.limit;

import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.address.Network;
import dev.videosession.server.settings.ServerLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts sockets and keeps them below the limits. A socket is unauthenticated until it belongs to a client with a valid
 * token or resume key. At the limit of unauthenticated sockets, the gate closes the one that has been idle for longest, in
 * the network with most of them, and admits the new one: a flood evicts its own sockets. Sockets of clients are never
 * closed; if they use all places, new sockets are refused. All operations take constant time. Thread-safe.
 */
public final class SocketGate {
    /** Limit of evicted sockets that their event loops have not closed yet. Beyond it, new sockets are refused. */
    public static final int EVICTED = 256;

    private final int sockets;
    private final int unauthenticated;
    private final int unauthenticatedPerAddress;
    private final int clientsPerAddress;
    private final int clientsThatConnect;
    private final Map<Network, NetworkSockets> networks = new HashMap<>();
    private final NetworkRanking ranking = new NetworkRanking();
    private int open;
    private int counted;
    private int clients;

    /**
     * Creates a gate.
     *
     * @param limits of the server
     */
    public SocketGate(ServerLimits limits) {
        this(limits, limits.sockets());
    }

    /**
     * Creates a gate with another number of sockets.
     *
     * @param limits of the server
     * @param sockets instead of that of the limits
     */
    public SocketGate(ServerLimits limits, int sockets) {
        this.sockets = sockets;
        this.unauthenticated = limits.unauthenticatedSockets();
        this.unauthenticatedPerAddress = limits.unauthenticatedSocketsPerAddress();
        this.clientsPerAddress = limits.connectionsPerAddress();
        this.clientsThatConnect = Math.max(1, sockets - ResumeReserve.of(limits, sockets));
    }

    /** The decision about a new socket. */
    public sealed interface Entry permits Admitted, Refused {}

    /**
     * The socket may stay.
     *
     * @param pass its place; call {@link Pass#closed} when the socket is closed
     */
    public record Admitted(Pass pass) implements Entry {}

    /**
     * The socket must be closed.
     *
     * @param limit the name of the limit that is reached
     */
    public record Refused(String limit) implements Entry {}

    /** Closes an evicted socket. Called on the thread of a new socket; must not block. */
    @FunctionalInterface
    public interface Eviction {
        /**
         * Closes the socket.
         *
         * @param limit the name of the limit that was reached
         */
        void evicted(String limit);
    }

    /** How the gate counts a socket. */
    private enum Standing {
        /** An unauthenticated socket. */
        UNAUTHENTICATED,
        /** A client with a valid token or resume key. */
        CLIENT,
        /** To be closed by its event loop; counts as open only. */
        EVICTED,
        /** Closed; no longer counted. */
        CLOSED
    }

    /** A socket's place. Its methods may be called more than once and on any thread. */
    public final class Pass {
        private final Eviction eviction;
        private NetworkSockets network;
        private Standing standing = Standing.UNAUTHENTICATED;
        private boolean busy;

        private Pass(NetworkSockets network, Eviction eviction) {
            this.network = network;
            this.eviction = eviction;
        }

        /**
         * Counts the socket for another address from now on, because a trusted proxy named its client.
         *
         * @param address of the client
         */
        public void moveTo(ClientAddress address) {
            Optional<Pass> victim;
            synchronized (SocketGate.this) {
                if (standing != Standing.UNAUTHENTICATED || network.isOf(address.network())) {
                    return;
                }
                remove(this);
                NetworkSockets destination = networkOf(address.network());
                victim = destination.unauthenticated() < unauthenticatedPerAddress
                        ? Optional.empty()
                        : take(destination);
                add(this, networkOf(address.network()));
            }
            victim.ifPresent(pass -> pass.eviction.evicted("unauthenticatedSocketsPerAddress"));
        }

        /** Marks the socket as served: sockets without a request are evicted first. */
        public void busy() {
            mark(true);
        }

        /** Marks the socket as idle from now on: the server has answered. */
        public void idle() {
            mark(false);
        }

        private void mark(boolean newBusy) {
            synchronized (SocketGate.this) {
                if (standing == Standing.UNAUTHENTICATED) {
                    network.remove(this, busy);
                    busy = newBusy;
                    network.add(this, busy);
                }
            }
        }

        /**
         * Asks to count the socket as a client; it showed a valid token.
         *
         * @return the name of the limit that forbids it, or empty if it is a client now
         */
        public Optional<String> connect() {
            synchronized (SocketGate.this) {
                if (standing != Standing.UNAUTHENTICATED) {
                    return Optional.empty();
                }
                if (clients >= clientsThatConnect) {
                    return Optional.of("sockets");
                }
                if (network.clients() >= clientsPerAddress) {
                    return Optional.of("connectionsPerAddress");
                }
                authenticated();
                return Optional.empty();
            }
        }

        /** Counts the socket as a client: it showed a valid resume key, or {@link #connect} admitted it before. */
        public void authenticated() {
            synchronized (SocketGate.this) {
                if (standing == Standing.UNAUTHENTICATED) {
                    NetworkSockets place = network;
                    remove(this);
                    standing = Standing.CLIENT;
                    network = networkOf(place.network());
                    network.clients(1);
                    clients++;
                    counted++;
                }
            }
        }

        /** Removes the socket, which was closed. */
        public void closed() {
            synchronized (SocketGate.this) {
                if (standing == Standing.CLOSED) {
                    return;
                }
                if (standing == Standing.UNAUTHENTICATED) {
                    remove(this);
                } else if (standing == Standing.CLIENT) {
                    network.clients(-1);
                    forgetIfEmpty(network);
                    clients--;
                    counted--;
                }
                standing = Standing.CLOSED;
                open--;
            }
        }
    }

    /**
     * Admits or refuses a new socket.
     *
     * @param address where the socket comes from
     * @param isProxy true for a trusted proxy, which forwards many clients: limits per address apply when it has named
     *     the client
     * @param eviction called at most once, if the socket is evicted
     * @return whether it is admitted
     */
    public Entry enter(ClientAddress address, boolean isProxy, Eviction eviction) {
        Deque<Pass> victims = new ArrayDeque<>();
        String limit = "";
        Pass pass;
        synchronized (this) {
            if (open >= sockets + EVICTED) {
                return new Refused("sockets");
            }
            NetworkSockets own = networkOf(address.network());
            if (!isProxy && own.unauthenticated() >= unauthenticatedPerAddress) {
                limit = "unauthenticatedSocketsPerAddress";
                take(own).ifPresent(victims::add);
            } else if (ranking.unauthenticated() >= unauthenticated || counted >= sockets) {
                limit = counted >= sockets ? "sockets" : "unauthenticatedSockets";
                take(ranking.largest(own)).ifPresent(victims::add);
            }
            if (counted >= sockets) {
                forgetIfEmpty(own);
                return new Refused("sockets");
            }
            pass = new Pass(own, eviction);
            add(pass, networkOf(address.network()));
            open++;
        }
        for (Pass victim : victims) {
            victim.eviction.evicted(limit);
        }
        return new Admitted(pass);
    }

    private NetworkSockets networkOf(Network network) {
        return networks.computeIfAbsent(network, NetworkSockets::new);
    }

    private void forgetIfEmpty(NetworkSockets network) {
        if (network.isEmpty()) {
            networks.remove(network.network(), network);
        }
    }

    private void add(Pass pass, NetworkSockets destination) {
        pass.network = destination;
        ranking.change(destination, () -> destination.add(pass, pass.busy));
        counted++;
    }

    private void remove(Pass pass) {
        NetworkSockets origin = pass.network;
        ranking.change(origin, () -> origin.remove(pass, pass.busy));
        forgetIfEmpty(origin);
        counted--;
    }

    /** Evicts the unauthenticated socket of a network that has been idle for longest. */
    private Optional<Pass> take(NetworkSockets from) {
        Optional<Pass> victim = from.oldest();
        victim.ifPresent(pass -> {
            remove(pass);
            pass.standing = Standing.EVICTED;
        });
        return victim;
    }

    /** {@return how many sockets are open, including evicted ones that are not closed yet} */
    public synchronized int sockets() {
        return open;
    }

    /** {@return how many networks have sockets} */
    synchronized int networks() {
        return networks.size();
    }
}
