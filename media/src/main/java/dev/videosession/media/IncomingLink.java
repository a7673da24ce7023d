package dev.videosession.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.AudioPipe;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoPipe;
import dev.videosession.media.link.LinkConfig;
import dev.videosession.media.link.LinkSignaling;
import dev.videosession.media.link.NegotiationState;
import dev.videosession.media.link.NegotiationState.Event;
import dev.videosession.media.link.SessionDescription;
import dev.videosession.media.rtc.NativeFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving end: answers offers and fills two feeds. See {@link PeerLink} for threads and errors. */
public final class IncomingLink extends PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLink.class);

    private final Factories factories;
    private final VideoPipe videoFeed;
    private final AudioPipe audioFeed;
    private final IntConsumer volumeListener = this::volumeChanged;
    private volatile boolean videoActive = true;
    private volatile boolean audioActive = true;

    // Owned by the media loop; the tracks belong to the connection and are gone with it.
    private @Nullable VideoTrack video;
    private @Nullable AudioTrack audio;
    private @Nullable SessionDescription nextOffer;
    private final VideoTrackSink videoSink = this::onFrame;
    private final AudioTrackSink audioSink = this::onSamples;

    // Owned by the native audio thread.
    private short[] samples = new short[0];

    IncomingLink(
            MediaEngine engine,
            MediaLoop loop,
            Factories factories,
            LinkConfig config,
            LinkSignaling signaling,
            VideoPipe videoFeed,
            AudioPipe audioFeed) {
        super(engine, loop, config, signaling);
        this.factories = factories;
        this.videoFeed = videoFeed;
        this.audioFeed = audioFeed;
    }

    @Override
    PeerConnectionFactory factory() {
        return factories.playing();
    }

    @Override
    void opened(RTCPeerConnection connection) {
        audioFeed.addVolumeListener(volumeListener);
    }

    @Override
    void takeDescription(SessionDescription description) {
        if (description.type() != SessionDescription.Type.OFFER || description.number() <= number()) {
            LOG.debug("{} is ignored: an offer newer than {} is awaited", description, number());
            return;
        }
        if (negotiation().busy()) {
            if (nextOffer == null || nextOffer.number() < description.number()) {
                nextOffer = description;
            }
            return;
        }
        if (enter(Event.OFFER_RECEIVED)) {
            number(description.number());
            attempt(
                    () -> "Applying the offer",
                    () -> applyRemote(RTCSdpType.OFFER, description, Event.OFFER_APPLIED, this::answer));
        }
    }

    private void answer() {
        attempt(
                () -> "Making an answer",
                () -> connection()
                        .createAnswer(
                                new RTCAnswerOptions(),
                                NativeEvents.created(
                                        loop,
                                        made -> {
                                            if (negotiation() == NegotiationState.MAKING_ANSWER) {
                                                attempt(
                                                        () -> "Applying the answer",
                                                        () -> applyAndSend(made, Event.ANSWER_SENT));
                                            }
                                        },
                                        this::negotiationFailed)));
    }

    @Override
    void settled() {
        SessionDescription next = nextOffer;
        nextOffer = null;
        if (next != null) {
            takeDescription(next);
        }
    }

    @Override
    void transceiver(RTCRtpTransceiver transceiver) {
        MediaStreamTrack track = transceiver.getReceiver().getTrack();
        if (track instanceof VideoTrack found && video == null) {
            video = found;
            found.addSink(videoSink);
        } else if (track instanceof AudioTrack found && audio == null) {
            audio = found;
            found.addSink(audioSink);
            applyAudio();
        }
    }

    private void onFrame(dev.onvoid.webrtc.media.video.VideoFrame raw) {
        NativeFrame frame = NativeFrame.of(raw);
        try {
            if (videoActive) {
                videoFeed.onFrame(frame);
            }
        } finally {
            frame.release();
        }
    }

    private void onSamples(byte[] bytes, int bitsPerSample, int sampleRate, int channels, int frames) {
        if (!audioActive || bitsPerSample != Short.SIZE) {
            return;
        }
        int count = channels * frames;
        if (samples.length < count) {
            samples = new short[count];
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asShortBuffer().get(samples, 0, count);
        audioFeed.onSamples(samples, sampleRate, channels, frames);
    }

    private void volumeChanged(int volume) {
        LOG.trace("Volume {}", volume);
        enqueue(this::applyAudio);
    }

    private void applyAudio() {
        if (audio != null) {
            audio.setEnabled(audioActive && audioFeed.volume() > 0);
        }
    }

    @Override
    void detach() {
        audioFeed.removeVolumeListener(volumeListener);
        if (video != null) {
            video.removeSink(videoSink);
            video = null;
        }
        if (audio != null) {
            audio.removeSink(audioSink);
            audio = null;
        }
    }

    @Override
    void released() {
        nextOffer = null;
    }

    /**
     * The pictures that come in.
     *
     * @return the feed; it keeps its last frame after the link is closed
     */
    public VideoFeed video() {
        return videoFeed;
    }

    /**
     * The sound that comes in.
     *
     * @return the feed
     */
    public AudioFeed audio() {
        return audioFeed;
    }

    /**
     * Lets arriving pictures into the feed or drops them. To save the bandwidth ask the sender to pause.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        videoActive = active;
    }

    /**
     * Plays arriving sound and lets it into the feed, or drops it. To save the bandwidth ask the sender to pause.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        audioActive = active;
        enqueue(this::applyAudio);
    }
}
