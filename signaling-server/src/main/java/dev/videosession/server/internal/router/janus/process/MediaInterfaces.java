package dev.videosession.server.internal.router.janus.process;

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
        try {
            for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
                present.add(each.getName());
                each.inetAddresses().map(MediaInterfaces::text).forEach(present::add);
            }
        } catch (SocketException e) {
            throw new IllegalArgumentException("cannot list the network interfaces: " + e.getMessage(), e);
        }
        for (String each : required) {
            if (present.stream().noneMatch(name -> name.equals(each) || (isAddress(name) && name.startsWith(each)))) {
                throw new IllegalArgumentException(
                        "this machine has no network interface or address " + each + ", only " + present);
            }
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
