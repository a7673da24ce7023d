package dev.videosession.protocol.ice;

import dev.videosession.protocol.grammar.Tokens;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads, writes and classifies literal addresses, without any lookup. */
final class IpLiteral {
    private static final int GROUPS = 8;

    private IpLiteral() {}

    /** {@return the address as an unsigned number, or -1 if the text is not four decimal numbers with dots} */
    static long ipv4(String text) {
        long address = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < text.length() && at - start < 3 && Tokens.isDigit(text.charAt(at))) {
                value = value * 10 + (text.charAt(at++) - '0');
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || value > 255 || leadingZero) {
                return -1;
            }
            address = address << 8 | value;
            if (part < 3 && (at == text.length() || text.charAt(at++) != '.')) {
                return -1;
            }
        }
        return at == text.length() ? address : -1;
    }

    /** {@return eight groups of 16 bits, or null if the text is not an IPv6 address without a zone} */
    static int @Nullable [] ipv6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int end = text.indexOf(':', at);
            if (end < 0) {
                end = text.length();
            }
            String part = text.substring(at, end);
            if (part.indexOf('.') >= 0) {
                long embedded = ipv4(part);
                if (embedded < 0 || end < text.length() || count > GROUPS - 2) {
                    return null;
                }
                groups[count++] = (int) (embedded >> 16);
                groups[count++] = (int) (embedded & 0xffff);
                at = end;
            } else {
                if (count == GROUPS || !Tokens.consistsOf(part, 1, 4, Tokens::isHex)) {
                    return null;
                }
                groups[count++] = Integer.parseInt(part, 16);
                at = end + 1;
                if (end < text.length() && at == text.length()) {
                    return null; // a single colon at the end
                }
                if (at < text.length() && text.charAt(at) == ':') {
                    if (gap >= 0) {
                        return null;
                    }
                    gap = count;
                    at++;
                }
            }
        }
        if (gap < 0) {
            return count == GROUPS ? groups : null;
        }
        if (count == GROUPS) {
            return null;
        }
        int tail = count - gap;
        System.arraycopy(groups, gap, groups, GROUPS - tail, tail);
        Arrays.fill(groups, gap, GROUPS - tail, 0);
        return groups;
    }

    static String text(int ipv4) {
        return (ipv4 >>> 24) + "." + (ipv4 >>> 16 & 255) + "." + (ipv4 >>> 8 & 255) + "." + (ipv4 & 255);
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of at least two zero groups as {@code ::}. */
    static String text(int[] groups) {
        int best = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                best = i;
                length = run;
            }
            i += run;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == best) {
                text.append("::");
                i += length - 1;
            } else {
                boolean separated = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(separated ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    static AddressScope scope(int ipv4) {
        if (ipv4 == 0xa9fea9fe || ipv4 == 0x6464_64c8 || ipv4 == 0xa83f_8110 || ipv4 == 0xc000_00c0) {
            return AddressScope.METADATA; // 169.254.169.254, 100.100.100.200, 168.63.129.16, 192.0.0.192
        }
        int first = ipv4 >>> 24;
        int second = ipv4 >>> 16 & 255;
        int network = ipv4 >>> 8;
        if (first == 0) {
            return AddressScope.UNSPECIFIED;
        } else if (first == 127) {
            return AddressScope.LOOPBACK;
        } else if (first >= 240) {
            return AddressScope.RESERVED;
        } else if (first >= 224) {
            return AddressScope.MULTICAST;
        } else if (first == 169 && second == 254) {
            return AddressScope.LINK_LOCAL;
        } else if (first == 10 || (first == 172 && second >> 4 == 1) || (first == 192 && second == 168)) {
            return AddressScope.PRIVATE;
        } else if (first == 100 && second >> 6 == 1) {
            return AddressScope.SHARED;
        } else if (network == 0xc00002 || network == 0xc63364 || network == 0xcb0071) {
            return AddressScope.DOCUMENTATION; // 192.0.2.0, 198.51.100.0, 203.0.113.0
        }
        return AddressScope.PUBLIC;
    }

    static AddressScope scope(int[] groups) {
        int high = groups[0];
        if (isZero(groups, 0, 7) && groups[7] <= 1) {
            return groups[7] == 0 ? AddressScope.UNSPECIFIED : AddressScope.LOOPBACK;
        } else if (isZero(groups, 0, 6) || (isZero(groups, 0, 5) && groups[5] == 0xffff)) {
            return scope(groups[6] << 16 | groups[7]); // compatible or mapped
        } else if (high == 0x64 && groups[1] == 0xff9b) {
            return scope(groups[6] << 16 | groups[7]); // NAT64
        } else if (high == 0x2002) {
            return scope(groups[1] << 16 | groups[2]); // 6to4
        } else if (isMetadata(groups)) {
            return AddressScope.METADATA;
        } else if (high >> 8 == 0xff) {
            return AddressScope.MULTICAST;
        } else if (high >> 6 == 0xfe80 >> 6) {
            return AddressScope.LINK_LOCAL;
        } else if (high >> 9 == 0xfc00 >> 9 || high >> 6 == 0xfec0 >> 6) {
            return AddressScope.UNIQUE_LOCAL;
        } else if (high == 0x2001 && groups[1] == 0xdb8) {
            return AddressScope.DOCUMENTATION;
        }
        return AddressScope.PUBLIC;
    }

    /** fd00:ec2::254 (AWS) and fd20:ce::254 (Google Cloud). */
    private static boolean isMetadata(int[] groups) {
        boolean cloud = (groups[0] == 0xfd00 && groups[1] == 0xec2) || (groups[0] == 0xfd20 && groups[1] == 0xce);
        return cloud && isZero(groups, 2, 7) && groups[7] == 0x254;
    }

    private static boolean isZero(int[] groups, int from, int to) {
        for (int i = from; i < to; i++) {
            if (groups[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
