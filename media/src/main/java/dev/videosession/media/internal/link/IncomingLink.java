package dev.videosession.media.internal.link;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.NegotiationState.Event;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.LinkShape;
import dev.videosession.protocol.sdp.MediaKind;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving end: answers offers and fills two feeds. See {@link PeerLink} for threads and errors. */
public final class IncomingLink extends PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLink.class);

    private final RtcFactories factories;
    private final VideoPipe videoFeed;
    private final AudioPipe audioFeed;
    private final IntConsumer volumeListener = this::volumeChanged;
    private volatile boolean videoActive = true;
    private volatile boolean audioActive = true;

    // Owned by the media loop.
    private @Nullable RemoteDescription nextOffer;
    private LinkShape shape = LinkShape.UNFIXED;

    /**
     * Prepares a link; {@link #start()} opens it.
     *
     * @param onClosed called on the media loop when the link is closed
     * @param loop owns the link
     * @param factories make the connection
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
        return factories.playing();
    }

    @Override
    void opened(RtcConnection connection) {
        shape = LinkShape.UNFIXED;
        connection.receive(this::onFrame, this::onSamples);
        connection.setRemoteAudioEnabled(plays());
        audioFeed.addVolumeListener(volumeListener);
    }

    @Override
    void begin() {
        LOG.trace("An offer is awaited");
    }

    @Override
    void takeDescription(RemoteDescription description) {
        if (description.kind() != DescriptionKind.OFFER || description.negotiation() <= number()) {
            LOG.debug("{} is ignored: an offer newer than {} is awaited", description, number());
            return;
        }
        if (negotiation().busy()) {
            if (nextOffer == null || nextOffer.negotiation() < description.negotiation()) {
                nextOffer = description;
            }
            return;
        }
        if (enter(Event.OFFER_RECEIVED)) {
            number(description.negotiation());
            admit(description, offer -> {
                if (!prepareConnection()) {
                    return;
                }
                shape = shape.after(offer);
                // There are no data channels here: without a section of its own in the answer, the peer would refuse
                // the answer.
                applyRemote(offer.reject(MediaKind.APPLICATION), Event.OFFER_APPLIED, this::answer);
            });
        }
    }

    private void answer() {
        connection()
                .createAnswer(
                        made -> {
                            if (negotiation() == NegotiationState.MAKING_ANSWER) {
                                applyAndSend(made, Event.ANSWER_SENT);
                            }
                        },
                        this::negotiationFailed);
    }

    @Override
    void settled() {
        RemoteDescription next = nextOffer;
        nextOffer = null;
        if (next != null) {
            takeDescription(next);
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
        LOG.trace("Volume {}", volume);
        enqueue(this::applyAudio);
    }

    private boolean plays() {
        return audioActive && audioFeed.volume() > 0;
    }

    private void applyAudio() {
        connection().setRemoteAudioEnabled(plays());
    }

    @Override
    void released() {
        audioFeed.removeVolumeListener(volumeListener);
    }

    @Override
    void closing() {
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
