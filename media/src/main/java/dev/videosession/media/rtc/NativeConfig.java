package dev.videosession.media.rtc;

import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import dev.onvoid.webrtc.RTCRtcpMuxPolicy;
import dev.videosession.media.link.LinkConfig;

/** A link's configuration in the words of webrtc-java. Never log the result: it prints the TURN password. */
final class NativeConfig {
    private NativeConfig() {}

    static RTCConfiguration of(LinkConfig config) {
        RTCConfiguration result = new RTCConfiguration();
        result.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
        result.rtcpMuxPolicy = RTCRtcpMuxPolicy.REQUIRE;
        result.iceTransportPolicy =
                config.policy() == LinkConfig.IcePolicy.RELAY ? RTCIceTransportPolicy.RELAY : RTCIceTransportPolicy.ALL;
        for (var server : config.iceServers()) {
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
