package dev.videosession.server.limit;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts sockets and refuses those above the limits. Thread-safe. */
public final class SocketGate {
    private final ServerLimits limits;
    private final Map<InetAddress, Integer> strangersByAddress = new HashMap<>();
    private int sockets;
    private int strangers;

    /**
     * Makes a gate.
     *
     * @param limits how many may pass
     */
    public SocketGate(ServerLimits limits) {
        this.limits = limits;
    }

    /** Where a socket stands with the gate. Its methods may be called more than once. */
    public final class Pass {
        private final InetAddress address;
        private boolean stranger = true;
        private boolean open = true;

        private Pass(InetAddress address) {
            this.address = address;
        }

        /** The socket turned out to be a client with a valid token. */
        public void authenticated() {
            synchronized (SocketGate.this) {
                if (stranger) {
                    stranger = false;
                    strangers--;
                    strangersByAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
                }
            }
        }

        /** The socket was closed. */
        public void closed() {
            synchronized (SocketGate.this) {
                authenticated();
                if (open) {
                    open = false;
                    sockets--;
                }
            }
        }
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

    /**
     * Asks for entry.
     *
     * @param address where the socket comes from
     * @return whether it may stay
     */
    public synchronized Entry enter(InetAddress address) {
        int sameAddress = strangersByAddress.getOrDefault(address, 0);
        if (sockets >= limits.sockets()) {
            return new Refused("sockets");
        }
        if (strangers >= limits.unauthenticatedSockets()) {
            return new Refused("unauthenticatedSockets");
        }
        if (sameAddress >= limits.unauthenticatedSocketsPerAddress()) {
            return new Refused("unauthenticatedSocketsPerAddress");
        }
        sockets++;
        strangers++;
        strangersByAddress.put(address, sameAddress + 1);
        return new Admitted(new Pass(address));
    }

    /**
     * Returns how many sockets are open.
     *
     * @return the number
     */
    public synchronized int sockets() {
        return sockets;
    }
}
