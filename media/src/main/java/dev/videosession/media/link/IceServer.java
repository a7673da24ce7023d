package dev.videosession.media.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server.
 *
 * @param urls {@code stun:}, {@code turn:} or {@code turns:} URLs of one server
 * @param username for TURN, else null
 * @param credential for TURN, else null; never printed
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    private static final String HOST_AND_PORT = "(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?";
    private static final Pattern STUN = Pattern.compile("stuns?:" + HOST_AND_PORT);
    private static final Pattern TURN = Pattern.compile("turns?:" + HOST_AND_PORT + "(?:\\?transport=(?:udp|tcp))?");
    private static final int LONGEST_NAME = 509;

    /**
     * Copies the list of URLs; refuses what takes the process down when the native library is given it: no URL at all, what is
     * no URL of RFC 7064 or RFC 7065, and TURN without a user name of at most 509 bytes and a credential.
     *
     * @param urls as above
     * @param username as above
     * @param credential as above
     * @throws IllegalArgumentException when refused; the message has no secret in it
     */
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("An ICE server needs at least one URL");
        }
        for (String url : urls) {
            boolean turn = url.startsWith("turn");
            Matcher parts = (turn ? TURN : STUN).matcher(url);
            if (!parts.matches() || !isPort(parts.group(1))) {
                throw new IllegalArgumentException("Not the URL of an ICE server: " + url);
            }
            if (turn && (isEmpty(username) || isEmpty(credential))) {
                throw new IllegalArgumentException("A TURN server needs a user name and a credential: " + url);
            }
        }
        if (username != null && username.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("The user name of an ICE server has at most 509 bytes");
        }
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || (Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= 65_535);
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /**
     * A server that asks for no credentials.
     *
     * @param url a {@code stun:} URL
     * @return the server
     */
    public static IceServer stun(String url) {
        return new IceServer(List.of(url), null, null);
    }

    /** Names the URLs only: user name and credential are secrets. */
    @Override
    public String toString() {
        return "IceServer[urls=" + urls + (credential == null ? "]" : ", credential=(hidden)]");
    }
}
