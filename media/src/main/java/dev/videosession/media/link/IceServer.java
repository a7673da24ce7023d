package dev.videosession.media.link;

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
    private static final Pattern URL = Pattern.compile(
            "(?:stuns?|turns?):(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::([0-9]{1,5}))?(?:\\?transport=(?:udp|tcp))?");

    /**
     * Copies the list of URLs; refuses an empty one and what is no URL of RFC 7064 or RFC 7065.
     *
     * @param urls as above
     * @param username as above
     * @param credential as above
     */
    public IceServer {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("An ICE server needs at least one URL");
        }
        for (String url : urls) {
            Matcher parts = URL.matcher(url);
            if (!parts.matches() || (parts.group(1) != null && Integer.parseInt(parts.group(1)) > 65_535)) {
                // the native library does not refuse these: it takes the process down
                throw new IllegalArgumentException("Not the URL of an ICE server: " + url);
            }
        }
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
