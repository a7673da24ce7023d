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
import dev.videosession.media.source.VideoCodec;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A native factory and its audio module. Creates connections and tracks. Thread-safe. Open until {@link #dispose()}, which must follow the
 * release of everything that it created.
 */
public final class RtcFactory {
    private static final Logger LOG = LoggerFactory.getLogger(RtcFactory.class);

    /** The profile of H.264 that every WebRTC endpoint with H.264 has: constrained baseline (RFC 7742). */
    private static final String H264_PROFILE = "42e0";

    private final PeerConnectionFactory factory;
    private final AudioDeviceModuleBase audio;
    private final Map<VideoCodec, List<RTCRtpCodecCapability>> videoCodecs = new EnumMap<>(VideoCodec.class);
    private @Nullable List<RTCRtpCodecCapability> audioCodecs;

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

    /**
     * {@return the codec of sent audio: Opus} Short descriptions matter: they pass through the signaling, and webrtc-java never frees the
     * native copy of those that it creates.
     */
    synchronized List<RTCRtpCodecCapability> audioCodecs() {
        List<RTCRtpCodecCapability> known = audioCodecs;
        if (known == null) {
            known = offered(MediaType.AUDIO, codec -> name(codec).equals("opus"));
            audioCodecs = known;
        }
        return known;
    }

    /** {@return this codec and its retransmission} */
    synchronized List<RTCRtpCodecCapability> videoCodecs(VideoCodec codec) {
        return videoCodecs.computeIfAbsent(
                codec, wanted -> offered(MediaType.VIDEO, each -> name(each).equals("rtx") || isA(wanted, each)));
    }

    private static boolean isA(VideoCodec wanted, RTCRtpCodecCapability codec) {
        return switch (wanted) {
            case VP8 -> name(codec).equals("vp8");
            case H264 ->
                name(codec).equals("h264")
                        && "1".equals(codec.getSDPFmtp().get("packetization-mode"))
                        && codec.getSDPFmtp()
                                .getOrDefault("profile-level-id", "")
                                .startsWith(H264_PROFILE);
        };
    }

    private static String name(RTCRtpCodecCapability codec) {
        return codec.getName().toLowerCase(Locale.ROOT);
    }

    private List<RTCRtpCodecCapability> offered(MediaType type, Predicate<RTCRtpCodecCapability> wanted) {
        return factory.getRtpSenderCapabilities(type).getCodecs().stream()
                .filter(wanted)
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
