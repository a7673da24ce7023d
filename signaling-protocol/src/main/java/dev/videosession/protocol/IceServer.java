package dev.videosession.protocol;

import dev.videosession.protocol.text.Text;
import dev.videosession.protocol.text.WellFormedText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A STUN or TURN server (W3C RTCIceServer). The credential never shows in {@link #toString()}.
 *
 * @param urls for instance {@code stun:host:3478} or {@code turn:host:3478?transport=udp}
 * @param username for TURN, else null
 * @param credential for TURN, else null
 */
public record IceServer(
        List<String> urls,
        @Nullable String username,
        @Nullable String credential) {
    public IceServer {
        urls = List.copyOf(Text.require("urls", urls));
        urls.forEach(url -> WellFormedText.require("urls", url));
        WellFormedText.require("username", username);
        WellFormedText.require("credential", credential);
    }

    @Override
    public String toString() {
        return "IceServer" + urls + (credential == null ? "" : " with credential");
    }
}
