package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.audio.AudioDeviceModuleBase;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrackSource;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.videosession.media.internal.rtc.library.NativeRefs;
import dev.videosession.media.source.AudioProcessing;
import dev.videosession.protocol.rtp.MediaKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native factory and its audio module. Creates connections and tracks. Thread-safe. Open until {@link #dispose()}, which must follow the
 * release of everything that it created.
 */
public final class RtcFactory {
    private static final Logger LOG = LoggerFactory.getLogger(RtcFactory.class);

    /**
     * The codecs that links offer: VP8 with retransmission, and Opus. Every WebRTC endpoint has both. Short descriptions matter: they
     * pass through the signaling, and webrtc-java never frees the native copy of those that it creates.
     */
    private static final Set<String> OFFERED_CODECS = Set.of("vp8", "rtx", "opus");

    private final PeerConnectionFactory factory;
    private final AudioDeviceModuleBase audio;
    private final Map<MediaKind, List<RTCRtpCodecCapability>> codecs = new EnumMap<>(MediaKind.class);

    /**
     * Creates a factory, which owns the audio module.
     *
     * @param audio plays and records for all connections of the factory
     */
    public RtcFactory(AudioDeviceModuleBase audio) {
        factory = new PeerConnectionFactory(audio);
        this.audio = audio;
    }

    /** {@return a video track with a source to push frames into} */
    public VideoInput videoInput() {
        CustomVideoSource source = new CustomVideoSource();
        try {
            return new VideoInput(this, source);
        } catch (RuntimeException | Error e) {
            source.dispose();
            throw e;
        }
    }

    /** {@return an audio track with a source to push samples into; the audio module must not record} */
    public PushedAudio pushedAudio() {
        CustomAudioSource source = new CustomAudioSource();
        try {
            return new PushedAudio(this, source);
        } catch (RuntimeException | Error e) {
            source.dispose();
            throw e;
        }
    }

    /**
     * Creates an audio track of what the audio module records.
     *
     * @param processing what is done to the audio
     * @return the track
     */
    public RecordedAudio recordedAudio(AudioProcessing processing) {
        AudioOptions options = new AudioOptions();
        options.echoCancellation = processing.echoCancellation();
        options.autoGainControl = processing.autoGainControl();
        options.noiseSuppression = processing.noiseSuppression();
        options.highpassFilter = processing.highPassFilter();
        AudioTrackSource source = factory.createAudioSource(options);
        long handle = NativeRefs.handle(source);
        try {
            return new RecordedAudio(this, source);
        } catch (RuntimeException | Error e) {
            NativeRefs.release(handle);
            throw e;
        }
    }

    MediaStreamTrack videoTrack(CustomVideoSource source) {
        return factory.createVideoTrack("video", source);
    }

    MediaStreamTrack audioTrack(AudioTrackSource source) {
        return factory.createAudioTrack("audio", source);
    }

    RTCPeerConnection connection(RTCConfiguration configuration, PeerConnectionObserver observer) {
        RTCPeerConnection created = factory.createPeerConnection(configuration, observer);
        if (created == null) {
            throw new IllegalStateException(
                    "The native library refused the configuration of the link. Check its ICE servers.");
        }
        return created;
    }

    synchronized List<RTCRtpCodecCapability> codecs(MediaKind kind) {
        return codecs.computeIfAbsent(kind, this::offered);
    }

    private List<RTCRtpCodecCapability> offered(MediaKind kind) {
        MediaType type = kind == MediaKind.AUDIO ? MediaType.AUDIO : MediaType.VIDEO;
        return factory.getRtpSenderCapabilities(type).getCodecs().stream()
                .filter(codec -> OFFERED_CODECS.contains(codec.getName().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Releases factory and audio module. */
    public void dispose() {
        try {
            factory.dispose();
        } catch (RuntimeException | Error e) { // webrtc-java throws an Error when references are left
            LOG.warn("event=factoryReleaseFailed", e);
        }
        dispose(audio);
    }

    /**
     * Releases an audio module that no factory uses.
     *
     * @param audio the module
     */
    public static void dispose(AudioDeviceModuleBase audio) {
        try {
            audio.dispose();
        } catch (RuntimeException | Error e) { // likewise
            LOG.debug("event=audioModuleReleaseFailed", e);
        }
    }
}
