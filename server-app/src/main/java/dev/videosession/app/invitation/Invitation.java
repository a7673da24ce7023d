package dev.videosession.app.invitation;

import dev.videosession.session.ServerAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A link that opens a session: {@code videosession://HOST[:PORT][/PREFIX]#session=ID&token=TOKEN}, with {@code &tls=off} for a server
 * without TLS, or the same behind {@code https://} or {@code http://}. {@code &test-session=ID&test-token=TOKEN} names a session for a
 * test of the connection. Sessions and tokens stand in the fragment, which programs do not send to servers.
 *
 * @param server address of the server
 * @param sessionId to enter
 * @param token that opens it
 * @param test a session in which participants can test their connection
 */
public record Invitation(ServerAddress server, String sessionId, String token, Optional<TestSession> test) {
    /**
     * A session in which a client tests its connection, so that no participant sees the test.
     *
     * @param sessionId its id
     * @param token that opens it, to publish
     */
    public record TestSession(String sessionId, String token) {
        @Override
        public String toString() {
            return "TestSession[" + sessionId + "]"; // without the token
        }
    }

    /**
     * An invitation without a session for tests.
     *
     * @param server address of the server
     * @param sessionId to enter
     * @param token that opens it
     */
    public Invitation(ServerAddress server, String sessionId, String token) {
        this(server, sessionId, token, Optional.empty());
    }

    private static final String SCHEME = "videosession";
    private static final int LONGEST = 8192;
    private static final Pattern START = Pattern.compile("(?i)(videosession|https?)://.*#.*", Pattern.DOTALL);

    /**
     * Tells whether a text looks like a link, valid or not.
     *
     * @param text any
     * @return true if it should go to {@link #parse}
     */
    public static boolean isLink(String text) {
        return START.matcher(text.strip()).matches();
    }

    /**
     * Reads a link.
     *
     * @param text the link
     * @return what it says
     * @throws IllegalArgumentException if it is not a valid invitation; the message says why and does not repeat the link
     */
    public static Invitation parse(String text) {
        String link = text.strip();
        if (link.length() > LONGEST) {
            throw new IllegalArgumentException("An invitation link has at most " + LONGEST + " characters.");
        }
        if (!isLink(link)) {
            throw new IllegalArgumentException("An invitation link starts with " + SCHEME
                    + ":// or https:// and has the session and the token after a #.");
        }
        URI uri = uri(link);
        Map<String, String> fields = fields(uri.getRawFragment());
        String scheme = uri.getScheme();
        if (scheme.equalsIgnoreCase(SCHEME)) {
            scheme = "off".equals(fields.get("tls")) ? "http" : "https";
        }
        if (uri.getRawAuthority() == null) {
            throw new IllegalArgumentException("The invitation link has no host. Copy it again, as a whole.");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        ServerAddress server = ServerAddress.of(uri(scheme + "://" + uri.getRawAuthority() + path));
        String testToken = fields.getOrDefault("test-token", "");
        Optional<TestSession> test = Optional.ofNullable(fields.get("test-session"))
                .filter(id -> !id.isEmpty() && !testToken.isEmpty())
                .map(id -> new TestSession(id, testToken));
        return new Invitation(server, required(fields, "session"), required(fields, "token"), test);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "The invitation link is not a valid address (" + e.getReason() + "). Copy it again, as a whole.",
                    e);
        }
    }

    private static String required(Map<String, String> fields, String name) {
        String value = fields.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("The invitation link has no " + name + ". Copy it again, as a whole.");
        }
        return value;
    }

    private static Map<String, String> fields(String fragment) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : fragment.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals),
                        URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    /** {@return the host that the link leads to, with its port if it is not the usual one} */
    public String host() {
        URI address = uri(server.url());
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    /** {@return the link; it holds tokens, so do not log it} */
    public String link() {
        String url = server.url();
        String rest = url.substring(url.indexOf("://"));
        return SCHEME + rest + "#session=" + encoded(sessionId) + "&token=" + encoded(token)
                + test.map(each ->
                                "&test-session=" + encoded(each.sessionId()) + "&test-token=" + encoded(each.token()))
                        .orElse("")
                + (server.isSecure() ? "" : "&tls=off");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Invitation[" + server.url() + ", " + sessionId + "]"; // without the tokens
    }
}
