package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import dev.onvoid.webrtc.RTCRtcpMuxPolicy;
import dev.onvoid.webrtc.TlsCertPolicy;
import dev.videosession.protocol.IceServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ICE servers of a link and how they are used, for webrtc-java.
 *
 * @param servers STUN and TURN servers
 * @param relayOnly whether only relay candidates are used
 * @param verifiesCertificates whether the certificates of TURN servers are verified
 */
public record IceConfig(List<IceServer> servers, boolean relayOnly, boolean verifiesCertificates) {
    private static final String HOST_AND_PORT =
            "(?:[A-Za-z0-9._-]{1,255}+|\\[[0-9A-Fa-f:.]{2,45}+\\])(?::([0-9]{1,5}))?";
    private static final Pattern STUN = Pattern.compile("stuns?:" + HOST_AND_PORT);
    private static final Pattern TURN = Pattern.compile("turns?:" + HOST_AND_PORT + "(?:\\?transport=(?:udp|tcp))?");
    private static final int LONGEST_URL = 300;
    private static final int MOST_URLS = 16;
    private static final int LONGEST_NAME = 509;
    private static final int LONGEST_CREDENTIAL = 1024;

    /** Copies the list. */
    public IceConfig {
        servers = List.copyOf(servers);
    }

    /**
     * Refuses an ICE server that ends the process when the native library reads it: one without a URL, a text that is not a URL of
     * RFC 7064 or RFC 7065, TURN without a user name or a credential. Apart from their length (509 and 1024 bytes), user name and
     * credential are opaque.
     *
     * @param server a server
     * @return the same server
     * @throws IllegalArgumentException if it is refused; the message holds no secret
     */
    public static IceServer requireUsable(IceServer server) {
        int count = server.urls().size();
        if (count == 0 || count > MOST_URLS) {
            throw new IllegalArgumentException("An ICE server needs 1 to " + MOST_URLS + " URLs, not " + count + ".");
        }
        for (String url : server.urls()) {
            if (url.length() > LONGEST_URL) {
                throw new IllegalArgumentException(
                        "The URL of an ICE server has at most " + LONGEST_URL + " characters.");
            }
            boolean turn = url.startsWith("turn");
            Matcher parts = (turn ? TURN : STUN).matcher(url);
            if (!parts.matches() || !isPort(parts.group(1))) {
                throw new IllegalArgumentException("Not the URL of an ICE server: " + url);
            }
            if (turn && (isEmpty(server.username()) || isEmpty(server.credential()))) {
                throw new IllegalArgumentException("A TURN server needs a user name and a credential: " + url);
            }
        }
        requireLength(server.username(), LONGEST_NAME, "user name");
        requireLength(server.credential(), LONGEST_CREDENTIAL, "credential");
        return server;
    }

    private static void requireLength(@Nullable String secret, int bytes, String name) {
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length > bytes) {
            throw new IllegalArgumentException("The " + name + " of an ICE server has at most " + bytes + " bytes.");
        }
    }

    private static boolean isPort(@Nullable String digits) {
        return digits == null || (Integer.parseInt(digits) > 0 && Integer.parseInt(digits) <= 65_535);
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** Creates the native configuration of a link. Never log it: it prints the TURN password. */
    RTCConfiguration toNative() {
        RTCConfiguration result = new RTCConfiguration();
        result.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
        result.rtcpMuxPolicy = RTCRtcpMuxPolicy.REQUIRE;
        result.iceTransportPolicy = relayOnly ? RTCIceTransportPolicy.RELAY : RTCIceTransportPolicy.ALL;
        for (IceServer server : servers) {
            requireUsable(server);
            RTCIceServer each = new RTCIceServer();
            each.urls = server.urls();
            each.tlsCertPolicy = verifiesCertificates ? TlsCertPolicy.SECURE : TlsCertPolicy.INSECURE_NO_CHECK;
            if (server.username() != null) {
                each.username = server.username();
            }
            if (server.credential() != null) {
                each.password = server.credential();
            }
            result.iceServers.add(each);
        }
        return result;
    }
}
