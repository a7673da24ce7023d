package dev.videosession.session.internal.signaling;

import java.util.Map;

/** Explains an HTTP status other than 101 in the WebSocket handshake, and says what to do. */
final class HttpRefusal {
    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(
                    400,
                    "(Bad Request): the WebSocket handshake arrived incomplete. Configure the proxy to forward the Upgrade,"
                            + " Connection and Sec-WebSocket headers."),
            Map.entry(
                    401,
                    "(Unauthorized): a proxy or gateway in front of the server asks for credentials, which the server itself"
                            + " does not. Let requests to this address pass there, or send the credentials with"
                            + " SessionBuilder.httpClient."),
            Map.entry(
                    403,
                    "(Forbidden): a proxy, gateway or firewall in front of the server refuses this client. Allow WebSocket"
                            + " connections to this address there."),
            Map.entry(
                    404,
                    "(Not Found): there is no signaling server at this path. Check the address and the path prefix that the"
                            + " proxy expects."),
            Map.entry(
                    407,
                    "(Proxy Authentication Required): the HTTP proxy on the way asks for credentials. Give"
                            + " SessionBuilder.httpClient a client with a proxyAuthenticator."),
            Map.entry(
                    426,
                    "(Upgrade Required): a proxy in front of the server does not forward WebSocket upgrades. Configure it to"
                            + " use HTTP/1.1 and to forward the Upgrade and Connection headers; docs/OPERATIONS.md has"
                            + " examples."),
            Map.entry(429, "(Too Many Requests): too many connections come from this address. Try again later."),
            Map.entry(
                    502,
                    "(Bad Gateway): the proxy does not reach the signaling server. Check that the server runs and that the"
                            + " proxy has its address."),
            Map.entry(503, "(Service Unavailable): the server is busy or about to start. Try again later."),
            Map.entry(
                    504,
                    "(Gateway Timeout): the proxy gets no answer from the signaling server. Check that the server runs and"
                            + " that the proxy has its address."));

    private HttpRefusal() {}

    static String explain(int status) {
        return "HTTP status " + status + " " + reason(status);
    }

    private static String reason(int status) {
        String known = REASONS.get(status);
        if (known != null) {
            return known;
        }
        if (status >= 200 && status < 300) {
            return "instead of a WebSocket: something other than a signaling server answers there, such as a web server or the"
                    + " login page of a network. Check the address.";
        }
        if (status >= 300 && status < 400) {
            return "(redirect): the server moved, or the proxy wants https. Use the address that it redirects to.";
        }
        return isFinal(status)
                ? "instead of a WebSocket: something other than a signaling server answers there. Check the address."
                : "from the server or a proxy in front of it. Try again later.";
    }

    /** A signaling server upgrades; a proxy in front of one that is unavailable, or busy, says so with other numbers. */
    static boolean isFinal(int status) {
        return status >= 200 && status < 500 && status != 408 && status != 425 && status != 429;
    }
}
