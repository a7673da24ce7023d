package dev.videosession.session;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The address of a signaling server: {@code scheme://host[:port][/prefix]}.
 *
 * <ul>
 *   <li>The scheme is {@code http}, {@code https}, {@code ws} or {@code wss}, in upper or lower case; {@code ws} means the same
 *       as {@code http}, {@code wss} the same as {@code https}.
 *   <li>The host is a name, an IPv4 address or an IPv6 address in brackets. International names are converted to Punycode; a
 *       name may hold underscores.
 *   <li>The prefix is kept, for servers behind a proxy that serves them under a path. Slashes at its end do not count.
 *   <li>White space around the address does not count. A query, a fragment, and a user name or password are refused; the
 *       error does not repeat them.
 * </ul>
 *
 * @param url the address in its canonical form, with {@code http} or {@code https} and without a slash at its end
 */
public record ServerAddress(String url) {
    private static final Map<String, String> SCHEMES =
            Map.of("http", "http", "ws", "http", "https", "https", "wss", "https");
    private static final Pattern HOST = Pattern.compile("[a-z0-9_.:-]+");
    private static final String FORM = "The address of a server is scheme://host[:port][/prefix]";

    /**
     * Reads an address.
     *
     * @param url any of the forms above
     * @throws IllegalArgumentException if it is none of them; the message says what is wrong
     */
    public ServerAddress {
        url = canonical(url.strip());
    }

    /**
     * Reads an address.
     *
     * @param uri any of the forms above
     * @return the address
     * @throws IllegalArgumentException if it is none of them; the message says what is wrong
     */
    public static ServerAddress of(URI uri) {
        return new ServerAddress(uri.toString());
    }

    /**
     * Reads the addresses of the nodes of one server.
     *
     * @param urls one address, or several with commas between them
     * @return the addresses in their order, each once
     * @throws IllegalArgumentException if an address is invalid, or one uses TLS and another does not; the message says what is
     *     wrong
     */
    public static List<ServerAddress> listOf(String urls) {
        return nodes(Arrays.stream(urls.split(",", -1)).map(ServerAddress::new).toList());
    }

    /** Checks the addresses of the nodes of one server. */
    static List<ServerAddress> nodes(List<ServerAddress> addresses) {
        List<ServerAddress> distinct = addresses.stream().distinct().toList();
        if (distinct.isEmpty()) {
            throw new IllegalArgumentException("Give the address of at least one server.");
        }
        if (distinct.stream().anyMatch(ServerAddress::isSecure)
                && !distinct.stream().allMatch(ServerAddress::isSecure)) {
            throw new IllegalArgumentException(
                    "The addresses of one server use TLS all or not at all: do not mix https or wss"
                            + " with http or ws. A client must not change to an address without TLS.");
        }
        return distinct;
    }

    /** {@return whether the address uses TLS} */
    public boolean isSecure() {
        return url.startsWith("https:");
    }

    /**
     * {@return the address of something on the server, under its prefix}
     *
     * @param path starts with a slash, for instance {@code /session/create}
     */
    public URI resolve(String path) {
        return URI.create(url + path);
    }

    /** {@return the host: a name in ASCII, an IPv4 address, or an IPv6 address without brackets} */
    public String host() {
        return HttpUrl.get(url).host();
    }

    @Override
    public String toString() {
        return url;
    }

    private static String canonical(String text) {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? null : SCHEMES.get(text.substring(0, colon).toLowerCase(Locale.ROOT));
        if (scheme == null) {
            throw new IllegalArgumentException(FORM + " with one of the schemes http, https, ws and wss.");
        }
        String rest = text.substring(colon + 3);
        String authority = rest.split("[/?#\\\\]", 2)[0];
        if (authority.indexOf('@') >= 0) {
            throw credentials();
        }
        if (authority.isEmpty()) {
            throw new IllegalArgumentException(FORM + ": the host is missing.");
        }
        HttpUrl parsed = HttpUrl.parse(scheme + "://" + rest);
        if (parsed == null || !HOST.matcher(parsed.host()).matches()) {
            if (rest.indexOf('@') >= 0) { // what looks like a port may be a password with a slash in it
                throw credentials();
            }
            throw new IllegalArgumentException(FORM + ": " + reason(scheme, authority));
        }
        if (parsed.encodedQuery() != null || parsed.encodedFragment() != null) {
            throw new IllegalArgumentException(
                    FORM + ": remove the query and the fragment (? and # and what follows).");
        }
        return withoutTrailingSlashes(parsed.uri().toString());
    }

    private static IllegalArgumentException credentials() {
        return new IllegalArgumentException(FORM + ": remove the user name and the password. Clients authenticate with"
                + " their token; give credentials for a proxy to SessionBuilder.httpClient.");
    }

    private static String reason(String scheme, String authority) {
        int port = authority.lastIndexOf(':');
        HttpUrl host = port > 0 ? HttpUrl.parse(scheme + "://" + authority.substring(0, port)) : null;
        boolean hostIsFine = host != null && HOST.matcher(host.host()).matches();
        return hostIsFine
                ? "\"" + authority.substring(port + 1) + "\" is no port; a port is 1 to 65535."
                : "\"" + authority + "\" is no host. Put an IPv6 address in brackets: [::1].";
    }

    private static String withoutTrailingSlashes(String url) {
        int end = url.length();
        while (url.charAt(end - 1) == '/') {
            end--;
        }
        return url.substring(0, end);
    }
}
