package dev.videosession.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.media.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * What a link offers: VP8 with retransmission, and Opus. Every WebRTC end speaks both, and short descriptions matter
 * twice: they travel through the signaling, and webrtc-java never frees the native copy of those it makes.
 */
final class Codecs {
    private static final Set<String> WANTED = Set.of("vp8", "rtx", "opus");

    private final WeakHashMap<PeerConnectionFactory, List<List<RTCRtpCodecCapability>>> known = new WeakHashMap<>();

    /** Limits what the transceiver offers. */
    synchronized void choose(PeerConnectionFactory factory, RTCRtpTransceiver transceiver, MediaType type) {
        List<List<RTCRtpCodecCapability>> capabilities = known.computeIfAbsent(
                factory, each -> List.of(wanted(each, MediaType.AUDIO), wanted(each, MediaType.VIDEO)));
        transceiver.setCodecPreferences(capabilities.get(type == MediaType.AUDIO ? 0 : 1));
    }

    private static List<RTCRtpCodecCapability> wanted(PeerConnectionFactory factory, MediaType type) {
        return factory.getRtpSenderCapabilities(type).getCodecs().stream()
                .filter(codec -> WANTED.contains(codec.getName().toLowerCase(Locale.ROOT)))
                .toList();
    }
}
