package dev.videosession.server.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses in CIDR notation. Immutable. */
public final class AddressRange {
    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads a range. Host names are not resolved.
     *
     * @param text an address or a range, for instance {@code 10.0.0.0/8}, {@code fd00::/8} or {@code 127.0.0.1}
     * @return the range
     * @throws IllegalArgumentException if it is none; the message quotes it
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw unusable(text);
        }
        int longest = address.length * Byte.SIZE;
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

    /**
     * Reads an IP address. Host names are not resolved.
     *
     * @param text for instance {@code 192.0.2.1} or {@code 2001:db8::1}
     * @return the address, or empty if it is none
     */
    public static Optional<InetAddress> addressOf(String text) {
        return Optional.ofNullable(bytes(text)).map(ClientAddress::ofBytes);
    }

    /** Null if the text is no address. An IPv4-mapped address becomes IPv4. */
    private static byte @Nullable [] bytes(String text) {
        boolean scoped = text.indexOf('%') >= 0 || text.indexOf('[') >= 0;
        byte[] bytes = scoped ? null : NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? null : ClientAddress.ofBytes(bytes).getAddress();
    }

    /**
     * Tells whether an address is in the range.
     *
     * @param address not IPv4-mapped
     * @return true if it is
     */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != prefix.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % Byte.SIZE;
            if (((other[i / Byte.SIZE] ^ prefix[i / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return the range in CIDR notation, as it was given} */
    @Override
    public String toString() {
        return ClientAddress.ofBytes(prefix).getHostAddress() + "/" + bits;
    }
}
