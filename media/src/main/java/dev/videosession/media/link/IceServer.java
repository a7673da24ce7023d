package dev.videosession.media.link;

import java.util.List;
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
    /**
     * Copies the list of URLs and refuses an empty one.
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
