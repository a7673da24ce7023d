package dev.videosession.server.settings;

import io.netty.util.NetUtil;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks URLs of STUN (RFC 7064) and TURN servers (RFC 7065). Clients hand them to a native library, which may not survive
 * a malformed one; therefore nothing is let through that the clients' own check refuses.
 */
final class IceUrl {
    private static final int MAX_PORT = 65_535;
    private static final Pattern PARTS = Pattern.compile(
            "(?<scheme>[a-z]+):(?<host>[^:?/@\\[\\]]*|\\[[^\\]]*\\])(?::(?<port>[^?]*))?(?:\\?(?<query>.*))?",
            Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9.])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");

    private IceUrl() {}

    /**
     * Refuses what is no URL of a STUN server.
     *
     * @throws IllegalArgumentException if it is none; the message names the URL and what is wrong
     */
    static void requireStun(String url) {
        Matcher parts = parts(url, "stun");
        if (parts.group("query") != null) {
            throw refused(url, "a STUN URL ends after host and port");
        }
    }

    /**
     * Refuses what is no URL of a TURN server.
     *
     * @throws IllegalArgumentException if it is none; the message names the URL and what is wrong
     */
    static void requireTurn(String url) {
        String query = parts(url, "turn").group("query");
        if (query != null && !query.equals("transport=udp") && !query.equals("transport=tcp")) {
            throw refused(url, "after the question mark only transport=udp or transport=tcp may stand");
        }
    }

    private static Matcher parts(String url, String scheme) {
        Matcher parts = PARTS.matcher(url);
        if (!url.startsWith(scheme + ":") && !url.startsWith(scheme + "s:")) {
            throw refused(url, "it must start with " + scheme + ": or " + scheme + "s:");
        }
        if (!parts.matches() || !isHost(parts.group("host"))) {
            throw refused(
                    url,
                    "after " + scheme + ": or " + scheme + "s: comes a host name, an IPv4 address or an IPv6 address in"
                            + " brackets, then perhaps a colon and the port");
        }
        String port = parts.group("port");
        if (port != null && !isPort(port)) {
            throw refused(url, "the port must be from 1 to " + MAX_PORT);
        }
        return parts;
    }

    private static boolean isHost(String host) {
        if (host.startsWith("[")) {
            String address = host.substring(1, host.length() - 1);
            return address.indexOf('%') < 0 && NetUtil.isValidIpV6Address(address);
        }
        return NAME.matcher(host).matches() && !host.contains("..");
    }

    private static boolean isPort(String text) {
        if (!DIGITS.matcher(text).matches()) {
            return false;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= MAX_PORT;
    }

    private static IllegalArgumentException refused(String url, String why) {
        return new IllegalArgumentException("\"" + url + "\" is not the URL of an ICE server: " + why);
    }
}
