package dev.videosession.app.demo;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** Explains why participants on one machine may find no path to each other. */
final class NetworkHint {
    private static final String ONLY_LOOPBACK =
            "This machine has no network besides loopback, and WebRTC offers no loopback addresses. Connect it to a network, or"
                    + " give it one of its own: ip link add demo0 type dummy && ip addr add 192.0.2.1/24 dev demo0 && ip link set"
                    + " demo0 up";

    private NetworkHint() {}

    /** {@return what to do, or empty if this machine has an address that WebRTC offers} */
    static Optional<String> find() {
        try {
            boolean usable = NetworkInterface.networkInterfaces().anyMatch(NetworkHint::isUsable);
            return usable ? Optional.empty() : Optional.of(ONLY_LOOPBACK);
        } catch (SocketException e) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(NetworkInterface each) {
        try {
            return each.isUp() && !each.isLoopback() && each.inetAddresses().anyMatch(it -> !it.isLinkLocalAddress());
        } catch (SocketException e) {
            return false;
        }
    }
}
