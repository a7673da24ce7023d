package dev.videosession.server.internal.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The address of a client: that of its socket, or the one that a trusted proxy named.
 *
 * @param host an IPv4-mapped IPv6 address is kept as IPv4
 * @param port 0 if the proxy did not name it
 */
public record ClientAddress(InetAddress host, int port) {
    private static final int MAPPED_PREFIX = 12;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

    public ClientAddress {
        byte[] bytes = host.getAddress();
        if (bytes.length > MAPPED_PREFIX && Arrays.equals(bytes, 0, MAPPED_PREFIX, MAPPED, 0, MAPPED_PREFIX)) {
            host = ofBytes(Arrays.copyOfRange(bytes, MAPPED_PREFIX, bytes.length));
        }
    }

    /**
     * Converts the address of a socket.
     *
     * @param socket resolved
     * @return the same address
     */
    public static ClientAddress of(InetSocketAddress socket) {
        return new ClientAddress(socket.getAddress(), socket.getPort());
    }

    /** {@return the network that per-address limits count, see {@link Network}} */
    public Network network() {
        return Network.of(host);
    }

    /** {@return the same as a socket address, port 0 if unknown} */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    /**
     * Reads an IP address. Host names are not resolved.
     *
     * @param text for instance {@code 192.0.2.1} or {@code 2001:db8::1}
     * @return the address, IPv4 if it is IPv4-mapped; or empty if the text is not an address
     */
    public static Optional<InetAddress> parseHost(String text) {
        boolean scoped = text.indexOf('%') >= 0 || text.indexOf('[') >= 0;
        return scoped ? Optional.empty() : Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
    }

    static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /** {@return the address without port, for logs} */
    @Override
    public String toString() {
        String text = host.getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
