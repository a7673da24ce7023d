package dev.videosession.app.server;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the URL by which another machine reaches a server that listens on all addresses of this one. */
final class ReachableAddress {
    private static final Logger LOG = LoggerFactory.getLogger(ReachableAddress.class);

    private ReachableAddress() {}

    /** {@return the local URL, with an address of this machine as the host if the server listens on all of them} */
    static URI of(URI local, InetSocketAddress listening) {
        InetAddress address = listening.getAddress();
        return address.isAnyLocalAddress()
                ? best(addresses(), address instanceof Inet4Address)
                        .map(host -> withHost(local, host))
                        .orElse(local)
                : local;
    }

    /** {@return the address to prefer: IPv4 before IPv6, and one of a local network before a public one} */
    static Optional<InetAddress> best(List<InetAddress> all, boolean onlyVersion4) {
        return all.stream()
                .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress() && !each.isMulticastAddress())
                .filter(each -> !onlyVersion4 || each instanceof Inet4Address)
                .min(Comparator.comparing((InetAddress each) -> !(each instanceof Inet4Address))
                        .thenComparing(each -> !each.isSiteLocalAddress()));
    }

    private static List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(ReachableAddress::isUp)
                    .flatMap(each -> Collections.list(each.getInetAddresses()).stream())
                    .toList();
        } catch (SocketException e) {
            LOG.info("event=interfacesNotListed reason=\"{}\"", e.getMessage());
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static URI withHost(URI local, InetAddress host) {
        String address = host.getHostAddress();
        int zone = address.indexOf('%');
        String literal = zone < 0 ? address : address.substring(0, zone);
        return URI.create(local.getScheme() + "://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":"
                + local.getPort());
    }
}
