package dev.videosession.media.internal.rtc;

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
    private static final String HOST_AND_PORT =
            "(?:[A-Za-z0-9._-]{1,255}+|\\[[0-9A-Fa-f:.]{2,45}+\\])(?::([0-9]{1,5}))?";
    private static final Pattern STUN = Pattern.compile("stuns?:" + HOST_AND_PORT);
    private static final Pattern TURN = Pattern.compile("turns?:" + HOST_AND_PORT + "(?:\\?transport=(?:udp|tcp))?");
    private static final int LONGEST_URL = 300;
    private static final int MOST_URLS = 16;
    private static final int LONGEST_NAME = 509;
    private static final int LONGEST_CREDENTIAL = 1024;

    /**
     * Copies the list of URLs. Refuses what ends the process when the native library reads it: no URL at all, a text that is not a
     * URL of RFC 7064 or RFC 7065, and TURN without a user name or a credential. Apart from their length (509 and 1024 bytes),
     * user name and credential are opaque.
     *
     * @throws IllegalArgumentException when refused; the message holds no secret
     */
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty() || urls.size() > MOST_URLS) {
            throw new IllegalArgumentException("An ICE server needs 1 to " + MOST_URLS + " URLs, not " + urls.size());
        }
        for (String url : urls) {
            if (url.length() > LONGEST_URL) {
                throw new IllegalArgumentException(
                        "The URL of an ICE server has at most " + LONGEST_URL + " characters");
            }
            boolean turn = url.startsWith("turn");
            Matcher parts = (turn ? TURN : STUN).matcher(url);
            if (!parts.matches() || !isPort(parts.group(1))) {
                throw new IllegalArgumentException("Not the URL of an ICE server: " + url);
            }
            if (turn && (isEmpty(username) || isEmpty(credential))) {
                throw new IllegalArgumentException("A TURN server needs a user name and a credential: " + url);
            }
        }
        requireShort(username, LONGEST_NAME, "user name");
        requireShort(credential, LONGEST_CREDENTIAL, "credential");
    }

    private static void requireShort(@Nullable String secret, int bytes, String what) {
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw new IllegalArgumentException("The " + what + " of an ICE server has at most " + bytes + " bytes");
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
