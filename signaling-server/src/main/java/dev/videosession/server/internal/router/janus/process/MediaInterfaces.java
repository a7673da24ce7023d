package dev.videosession.server.internal.router.janus.process;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.TreeSet;

/** The network interfaces of this machine that a router may use for media. */
public final class MediaInterfaces {
    private MediaInterfaces() {}

    /**
     * Checks that this machine has interfaces, because Janus ignores a name that it does not know and then has no address.
     *
     * @param required names of interfaces, addresses, or beginnings of addresses
     * @throws IllegalArgumentException if it does not have one of them; the message lists those that it has
     */
    public static void requireAll(List<String> required) {
        if (required.isEmpty()) {
            return;
        }
        TreeSet<String> present = new TreeSet<>();
        for (NetworkInterface each : interfaces()) {
            present.add(each.getName());
            each.inetAddresses().map(MediaInterfaces::text).forEach(present::add);
        }
        for (String each : required) {
            if (present.stream().noneMatch(name -> name.equals(each) || (isAddress(name) && name.startsWith(each)))) {
                throw new IllegalArgumentException(
                        "this machine has no network interface or address " + each + ", only " + present);
            }
        }
    }

    /** {@return how many addresses a router listens on for each link: those of IPv4, without loopback} */
    static int addresses(List<String> chosen) {
        return (int) interfaces().stream()
                .flatMap(each -> each.inetAddresses()
                        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                        .filter(address -> chosen.isEmpty()
                                || chosen.contains(each.getName())
                                || chosen.stream().anyMatch(text(address)::startsWith)))
                .count();
    }

    private static List<NetworkInterface> interfaces() {
        try {
            return NetworkInterface.networkInterfaces().toList();
        } catch (SocketException e) {
            throw new IllegalArgumentException("cannot list the network interfaces: " + e.getMessage(), e);
        }
    }

    private static boolean isAddress(String name) {
        return name.indexOf('.') > 0 || name.indexOf(':') > 0;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
