package dev.videosession.server.internal.address;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What counts as one address: an IPv4 address, or the first 64 bits of an IPv6 address, because one customer of a
 * provider has at least that many.
 *
 * @param bits the IPv4 address, or the first half of the IPv6 address
 * @param ipv6 false for IPv4
 */
public record Network(long bits, boolean ipv6) {
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    /**
     * Finds the network of an address.
     *
     * @param address not IPv4-mapped
     * @return its network
     */
    public static Network of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == IPV4_LENGTH
                ? new Network(Integer.toUnsignedLong(bytes.getInt()), false)
                : new Network(bytes.getLong(), true);
    }

    /** {@return the address, or the prefix with its length, for logs} */
    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(IPV6_LENGTH).putLong(bits).array();
        return ipv6
                ? ClientAddress.ofBytes(bytes).getHostAddress() + "/64"
                : ClientAddress.ofBytes(Arrays.copyOfRange(bytes, IPV4_LENGTH, 2 * IPV4_LENGTH))
                        .getHostAddress();
    }
}
