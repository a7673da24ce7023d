package dev.videosession.server.settings;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses in CIDR notation. Immutable. */
public final class AddressRange {
    private final InetAddress prefix;
    private final int bits;

    private AddressRange(InetAddress prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads a range. Host names are not resolved.
     *
     * @param text an address or a range, for instance {@code 10.0.0.0/8}, {@code fd00::/8} or {@code 127.0.0.1}
     * @return the range
     * @throws IllegalArgumentException if the text is not a range; the message quotes it
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw unusable(text);
        }
        int longest = address.getAddress().length * Byte.SIZE;
        if (slash < 0) {
            return new AddressRange(address, longest);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > longest) {
            throw unusable(text);
        }
        return new AddressRange(address, Integer.parseInt(length));
    }

    private static IllegalArgumentException unusable(String text) {
        return new IllegalArgumentException(
                "not an IP address or range: \"" + text + "\"; write for instance 10.0.0.0/8, fd00::/8 or 127.0.0.1");
    }

    /** Null if the text is not an address. An IPv4-mapped address becomes IPv4. */
    private static @Nullable InetAddress address(String text) {
        boolean scoped = text.indexOf('%') >= 0 || text.indexOf('[') >= 0;
        return scoped ? null : NetUtil.createInetAddressFromIpAddressString(text);
    }

    /**
     * Tells whether an address is in the range.
     *
     * @param address not IPv4-mapped
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        byte[] first = prefix.getAddress();
        byte[] other = address.getAddress();
        if (other.length != first.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % Byte.SIZE;
            if (((other[i / Byte.SIZE] ^ first[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return the range in CIDR notation, as it was given} */
    @Override
    public String toString() {
        return prefix.getHostAddress() + "/" + bits;
    }
}
