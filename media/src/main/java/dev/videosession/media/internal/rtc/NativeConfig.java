package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import dev.onvoid.webrtc.RTCRtcpMuxPolicy;
import java.util.List;

/** A link's configuration in the words of webrtc-java. Never log the result: it prints the TURN password. */
final class NativeConfig {
    private NativeConfig() {}

    static RTCConfiguration of(List<IceServer> servers, boolean relayOnly) {
        RTCConfiguration result = new RTCConfiguration();
        result.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
        result.rtcpMuxPolicy = RTCRtcpMuxPolicy.REQUIRE;
        result.iceTransportPolicy = relayOnly ? RTCIceTransportPolicy.RELAY : RTCIceTransportPolicy.ALL;
        for (IceServer server : servers) {
            RTCIceServer each = new RTCIceServer();
            each.urls = server.urls();
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
