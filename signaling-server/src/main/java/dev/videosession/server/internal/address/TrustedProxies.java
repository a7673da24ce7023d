package dev.videosession.server.internal.address;

import dev.videosession.server.settings.AddressRange;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose forwarded client addresses are used. Those from any other peer are ignored, because a
 * client could name any address to escape its limits or to exhaust those of another client. Immutable.
 */
public final class TrustedProxies {
    private static final int MAX_PORT = 65_535;

    private final List<AddressRange> ranges;

    /**
     * Makes the set.
     *
     * @param ranges where the proxies are; empty to trust none
     */
    public TrustedProxies(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Tells whether an address is that of a trusted proxy.
     *
     * @param address of the socket, or as another trusted proxy named it
     * @return true if its word is taken
     */
    public boolean contains(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    /**
     * Works out where a request comes from. Proxies append the address of their client at the end, so the list is read
     * from there, and no further than to the first address that is not a trusted proxy: everything before it is that
     * client's own word. An entry that is no IP address ends the search, too.
     *
     * @param peer the other end of the socket
     * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order
     * @return the client, or {@code peer} if it is no trusted proxy or named nothing
     */
    public ClientAddress clientOf(ClientAddress peer, List<String> forwardedFor) {
        ClientAddress client = peer;
        String text = String.join(",", forwardedFor);
        int end = text.length();
        while (end >= 0 && contains(client.host())) {
            int comma = text.lastIndexOf(',', end - 1);
            ClientAddress named = parse(text.substring(comma + 1, end).strip());
            if (named == null) {
                return client;
            }
            client = named;
            end = comma;
        }
        return client;
    }

    /** Reads {@code 192.0.2.1}, {@code 192.0.2.1:80}, {@code 2001:db8::1}, {@code [2001:db8::1]} or {@code [2001:db8::1]:80}. */
    private static @Nullable ClientAddress parse(String text) {
        String host = text;
        String port = "0";
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            if (bracket < 0 || (bracket + 1 < text.length() && bracket + 1 != colon)) {
                return null;
            }
            host = text.substring(1, bracket);
            port = bracket + 1 == colon ? text.substring(colon + 1) : port;
        } else if (colon >= 0 && colon == text.indexOf(':')) {
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            return null;
        }
        int number = Integer.parseInt(port);
        return ClientAddress.parseHost(host)
                .map(address -> new ClientAddress(address, number))
                .orElse(null);
    }
}
