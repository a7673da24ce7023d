package dev.videosession.media.internal.link;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.device.PlayoutDevice;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.LinkShape;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving end of a link. It answers offers and fills two feeds. See {@link PeerLink} for threads and errors. */
public final class IncomingLink extends PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLink.class);

    private final RtcFactories factories;
    private final VideoPipe videoFeed;
    private final AudioPipe audioFeed;
    private final IntConsumer volumeListener = this::volumeChanged;
    private volatile boolean videoActive = true;
    private volatile boolean audioActive = true;

    // Confined to the media loop.
    private @Nullable RemoteDescription nextOffer;
    private LinkShape shape = LinkShape.UNFIXED;
    private @Nullable Long offeredSession;

    /**
     * Prepares a link; {@link #start()} opens it.
     *
     * @param onClosed called on the media loop when the link is closed
     * @param loop owns the link
     * @param factories create the connection
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @param videoFeed gets the video; not closed by the link
     * @param audioFeed gets the audio
     */
    public IncomingLink(
            Consumer<PeerLink> onClosed,
            MediaLoop loop,
            RtcFactories factories,
            LinkConfig config,
            LinkSignaling signaling,
            VideoPipe videoFeed,
            AudioPipe audioFeed) {
        super(onClosed, loop, config, signaling);
        this.factories = factories;
        this.videoFeed = videoFeed;
        this.audioFeed = audioFeed;
    }

    @Override
    RtcFactory factory() {
        return factories.playout();
    }

    @Override
    void prepare(RtcConnection connection) {
        shape = LinkShape.UNFIXED;
        connection.receive(this::onFrame, this::onSamples);
        connection.setRemoteAudioEnabled(isPlaying());
        audioFeed.addVolumeListener(volumeListener);
    }

    @Override
    void onOpen() {
        LOG.trace("event=offerAwaited");
    }

    @Override
    void onDescription(RemoteDescription description) {
        int last = negotiation().number();
        if (description.kind() != DescriptionKind.OFFER || description.negotiation() <= last) {
            LOG.debug(
                    "event=descriptionIgnored kind={} negotiation={} last={}",
                    description.kind(),
                    description.negotiation(),
                    last);
            return;
        }
        if (negotiation().state().isBusy()) {
            if (nextOffer == null || nextOffer.negotiation() < description.negotiation()) {
                nextOffer = description;
            }
            return;
        }
        if (negotiation().on(Event.OFFER_RECEIVED)) {
            negotiation().setNumber(description.negotiation());
            accept(description, offer -> {
                if (!prepareExchange(offer)) {
                    return;
                }
                shape = shape.after(offer);
                // An answer needs as many sections as the offer, and this end has no data channels: reject their
                // section.
                applyRemote(offer.reject(MediaKind.APPLICATION), Event.OFFER_APPLIED, this::answer);
            });
        }
    }

    /** An offer of another session (RFC 9429) comes from another peer connection, which knows nothing of this one. */
    private boolean prepareExchange(SessionDescription offer) {
        boolean other = offeredSession != null && offeredSession != offer.sessionId();
        boolean prepared = other ? replaceConnection() : prepareExchange();
        offeredSession = offer.sessionId();
        return prepared;
    }

    private void answer() {
        connection()
                .exchange()
                .createAnswer(
                        answer -> {
                            if (negotiation().state() == NegotiationState.MAKING_ANSWER) {
                                applyAndSend(answer, Event.ANSWER_SENT);
                            }
                        },
                        this::negotiationFailed);
    }

    @Override
    void onExchangeEnd() {
        PlayoutDevice speaker = factories.playoutDevice();
        if (speaker != null) {
            speaker.started();
        }
        RemoteDescription next = nextOffer;
        nextOffer = null;
        if (next != null) {
            onDescription(next);
        }
    }

    private void onFrame(VideoFrame frame) {
        if (videoActive) {
            videoFeed.onFrame(frame);
        }
    }

    private void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        if (audioActive) {
            audioFeed.onSamples(samples, sampleRate, channels, frames);
        }
    }

    private void volumeChanged(int volume) {
        LOG.trace("event=volumeChanged volume={}", volume);
        enqueue(this::applyAudio);
    }

    private boolean isPlaying() {
        return audioActive && audioFeed.volume() > 0;
    }

    private void applyAudio() {
        connection().setRemoteAudioEnabled(isPlaying());
    }

    @Override
    void releaseMedia() {
        audioFeed.removeVolumeListener(volumeListener);
    }

    @Override
    void onClose() {
        nextOffer = null;
    }

    /** {@return the feed of received video; keeps its last frame after the link is closed} */
    public VideoFeed video() {
        return videoFeed;
    }

    /** {@return the feed of received audio} */
    public AudioFeed audio() {
        return audioFeed;
    }

    /**
     * Delivers received video to the feed, or drops it. To save bandwidth, ask the sender to pause.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        videoActive = active;
    }

    /**
     * Plays received audio and delivers it to the feed, or drops it. To save bandwidth, ask the sender to pause.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        audioActive = active;
        enqueue(this::applyAudio);
    }
}
