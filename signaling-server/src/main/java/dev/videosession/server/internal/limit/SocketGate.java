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
 * Counts sockets and keeps them below the limits. A socket is a stranger until it is a client with a valid token or
 * resume key. If there are too many strangers, the one that has been idle for longest is closed to make room for the
 * newcomer, of the network that holds most: a flood evicts itself. Clients are never closed; if they take all places,
 * newcomers are refused. All operations take constant time. Thread-safe.
 */
public final class SocketGate {
    /** Evicted sockets that their event loops have still to close. Beyond this, newcomers are refused. */
    public static final int EVICTED = 256;

    private final int sockets;
    private final int strangers;
    private final int strangersPerAddress;
    private final int clientsPerAddress;
    private final int clientsThatConnect;
    private final Map<Network, NetworkSockets> networks = new HashMap<>();
    private final NetworkRanking ranking = new NetworkRanking();
    private int open;
    private int counted;
    private int clients;

    /**
     * Makes a gate.
     *
     * @param limits how many may pass
     */
    public SocketGate(ServerLimits limits) {
        this(limits, limits.sockets());
    }

    /**
     * Makes a gate with another number of sockets.
     *
     * @param limits how many may pass
     * @param sockets instead of that of the limits
     */
    public SocketGate(ServerLimits limits, int sockets) {
        this.sockets = sockets;
        this.strangers = limits.unauthenticatedSockets();
        this.strangersPerAddress = limits.unauthenticatedSocketsPerAddress();
        this.clientsPerAddress = limits.connectionsPerAddress();
        this.clientsThatConnect = Math.max(1, sockets - ResumeReserve.of(limits, sockets));
    }

    /** What the gate says to a new socket. */
    public sealed interface Entry permits Admitted, Refused {}

    /**
     * The socket may stay.
     *
     * @param pass must be told when it is closed
     */
    public record Admitted(Pass pass) implements Entry {}

    /**
     * The socket must be closed.
     *
     * @param limit the name of the limit that is reached
     */
    public record Refused(String limit) implements Entry {}

    /** Closes an evicted socket. Called on the thread of a newcomer, and must not block. */
    @FunctionalInterface
    public interface Eviction {
        /**
         * Closes the socket.
         *
         * @param limit the name of the limit that was reached
         */
        void evicted(String limit);
    }

    /** What a socket is to the gate. */
    private enum Standing {
        /** An unauthenticated socket. */
        STRANGER,
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
        private Standing standing = Standing.STRANGER;
        private boolean busy;

        private Pass(NetworkSockets network, Eviction eviction) {
            this.network = network;
            this.eviction = eviction;
        }

        /**
         * A trusted proxy named another client: from now on the socket counts as a socket of that address.
         *
         * @param address of the client
         */
        public void moveTo(ClientAddress address) {
            Optional<Pass> victim;
            synchronized (SocketGate.this) {
                if (standing != Standing.STRANGER || network.isOf(address.network())) {
                    return;
                }
                remove(this);
                NetworkSockets destination = networkOf(address.network());
                victim = destination.strangers() < strangersPerAddress ? Optional.empty() : take(destination);
                add(this, networkOf(address.network()));
            }
            victim.ifPresent(pass -> pass.eviction.evicted("unauthenticatedSocketsPerAddress"));
        }

        /** The server works on what the socket asked for: others are evicted before it. */
        public void busy() {
            mark(true);
        }

        /** The server has answered: the socket's idle time begins. */
        public void idle() {
            mark(false);
        }

        private void mark(boolean newBusy) {
            synchronized (SocketGate.this) {
                if (standing == Standing.STRANGER) {
                    network.remove(this, busy);
                    busy = newBusy;
                    network.add(this, busy);
                }
            }
        }

        /**
         * The socket showed a valid token and asks to become a client.
         *
         * @return the name of the limit that forbids it, or empty if it is a client now
         */
        public Optional<String> connect() {
            synchronized (SocketGate.this) {
                if (standing != Standing.STRANGER) {
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

        /** The socket showed a valid resume key, or took a place with {@link #connect} before. */
        public void authenticated() {
            synchronized (SocketGate.this) {
                if (standing == Standing.STRANGER) {
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

        /** The socket was closed. */
        public void closed() {
            synchronized (SocketGate.this) {
                if (standing == Standing.CLOSED) {
                    return;
                }
                if (standing == Standing.STRANGER) {
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
     * Asks for entry.
     *
     * @param address where the socket comes from
     * @param isProxy true for a trusted proxy, which has the sockets of many: the limits per address wait until it has
     *     named its client
     * @param eviction called if the socket has to make room, at most once
     * @return whether it may stay
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
            if (!isProxy && own.strangers() >= strangersPerAddress) {
                limit = "unauthenticatedSocketsPerAddress";
                take(own).ifPresent(victims::add);
            } else if (ranking.strangers() >= strangers || counted >= sockets) {
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

    /** Takes the place of the longest idle stranger of a network. */
    private Optional<Pass> take(NetworkSockets from) {
        Optional<Pass> victim = from.oldest();
        victim.ifPresent(pass -> {
            remove(pass);
            pass.standing = Standing.EVICTED;
        });
        return victim;
    }

    /**
     * Returns how many sockets are open.
     *
     * @return the number, those that are being closed included
     */
    public synchronized int sockets() {
        return open;
    }

    /** Returns how many networks are remembered. */
    synchronized int networks() {
        return networks.size();
    }
}
