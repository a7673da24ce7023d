package dev.videosession.server.internal.cluster;

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

    /** {@return the one of a node that advertises an address} */
    static String advertised(URI address) {
        String text = address.toString().replaceFirst("/+$", "");
        String scheme = Objects.requireNonNullElse(address.getScheme(), "").toLowerCase(Locale.ROOT);
        return (scheme.startsWith("ws") ? "http" + text.substring(2) : text) + PATH;
    }

    /**
     * {@return the one of a node that advertises no address} If it listens on all interfaces, this is the address of the interface
     * that leads to Redis: other nodes are in the same network.
     *
     * @param port on which the node listens
     * @param encrypted whether the port takes TLS
     * @param redis host and port of Redis, not resolved
     */
    static String listening(InetSocketAddress port, boolean encrypted, InetSocketAddress redis) {
        InetAddress address = port.getAddress();
        String host = (address.isAnyLocalAddress() ? towards(redis) : address).getHostAddress();
        String literal = host.contains(":") ? "[" + host.replaceFirst("%.*", "") + "]" : host;
        return (encrypted ? "https" : "http") + "://" + literal + ":" + port.getPort() + PATH;
    }

    /** A datagram socket that is connected sends nothing, and says which interface it would use. */
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
