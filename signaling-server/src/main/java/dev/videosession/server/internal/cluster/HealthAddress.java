package dev.videosession.server.internal.cluster;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The address at which other nodes ask for {@code /health} of this one. */
final class HealthAddress {
    private static final Logger LOG = LoggerFactory.getLogger(HealthAddress.class);
    private static final String PATH = "/health";

    private HealthAddress() {}

    /** {@return {@code /health} below the address that a node advertises} */
    static String advertised(URI address) {
        String text = address.toString().replaceFirst("/+$", "");
        String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
        return (scheme.startsWith("ws") ? "http" + text.substring(2) : text) + PATH;
    }

    /**
     * {@return {@code /health} at the port of a node that advertises no address} If the node listens on all interfaces, the
     * address is that of the interface that leads to Redis, because other nodes use the same network.
     *
     * @param port address and number of the port
     * @param encrypted whether the port takes TLS
     * @param redis host and port of Redis, not resolved
     */
    static String listening(InetSocketAddress port, boolean encrypted, InetSocketAddress redis) {
        InetAddress address = port.getAddress();
        InetSocketAddress reachable =
                address.isAnyLocalAddress() ? new InetSocketAddress(towards(redis), port.getPort()) : port;
        return (encrypted ? "https" : "http") + "://" + NetUtil.toSocketAddressString(reachable) + PATH;
    }

    /** Connecting a datagram socket sends nothing, but selects the interface. */
    private static InetAddress towards(InetSocketAddress redis) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(redis.getHostString(), redis.getPort()));
            return socket.getLocalAddress();
        } catch (IOException e) {
            LOG.warn(
                    "event=noHealthAddress cause=\"{}\" consequence=\"other nodes do not find this one ready; set --advertise\"",
                    e.getMessage());
            return InetAddress.getLoopbackAddress();
        }
    }
}
