package dev.videosession.media.internal.link;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.ReceivedMedia;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.device.PlayoutDevice;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.rtp.Encoding;
import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.LinkShape;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receiving end of a link. It answers offers and fills two feeds. See {@link PeerLink} for threads and errors. */
public final class IncomingLink extends PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(IncomingLink.class);

    /** How often the videos of two connections are compared. One without a frame for this long has nothing to show. */
    private static final long COMPARISON_MILLIS = 300;

    /** A connection takes the place of another one when its video was as good in this many comparisons in a row. */
    private static final int COMPARISONS = 2;

    /**
     * How long the sender keeps packets, in milliseconds (RFC 4588). The native library requests a key frame after three times as long
     * without a frame that it can decode, by default after 3 s: a packet whose retransmissions are lost would freeze video for that time.
     * A source of one frame a second, or a muted one, must not be taken for such a loss: each request costs all subscribers a key frame.
     */
    private static final Map<String, String> RETRANSMISSION = Map.of("rtx-time", "400");

    private final RtcFactories factories;
    private final VideoPipe videoFeed;
    private final AudioPipe audioFeed;
    private final ReceivedMedia received;
    private final IntConsumer volumeListener = this::volumeChanged;

    // Confined to the media loop.
    private ReceivedMedia.@Nullable Source newest;
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
        this.received = new ReceivedMedia(videoFeed, audioFeed);
    }

    @Override
    RtcFactory factory() {
        return factories.playout();
    }

    @Override
    void prepare(RtcConnection connection) {
        shape = LinkShape.UNFIXED;
        ReceivedMedia.Source source = received.source(() -> enqueue(this::endFramelessFormer));
        newest = source;
        connection.receive(source, source);
        if (former() == null) {
            received.deliver(source);
        }
        applyAudio();
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
            descriptions().accept(description, offer -> {
                if (!prepareExchange(offer)) {
                    return;
                }
                shape = shape.after(offer);
                // An answer needs as many sections as the offer, and this end has no data channels: reject their
                // section.
                descriptions()
                        .applyRemote(
                                offer.reject(MediaKind.APPLICATION).withParameters(Encoding.RTX, RETRANSMISSION),
                                Event.OFFER_APPLIED,
                                this::answer);
            });
        }
    }

    /**
     * An offer of another session (RFC 9429) comes from another peer connection, which knows nothing of this one. The one before may
     * send for a moment more: its media is delivered until the new one has a video as good.
     */
    private boolean prepareExchange(SessionDescription offer) {
        boolean other = offeredSession != null && offeredSession != offer.sessionId();
        boolean prepared = other ? succeedConnection() : prepareExchange();
        offeredSession = offer.sessionId();
        return prepared;
    }

    private void answer() {
        connection()
                .exchange()
                .createAnswer(
                        answer -> {
                            if (negotiation().state() == NegotiationState.MAKING_ANSWER) {
                                descriptions().applyAndSend(answer, Event.ANSWER_SENT);
                            }
                        },
                        descriptions()::failed);
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

    private void endFramelessFormer() {
        if (received.isFrameless(COMPARISON_MILLIS)) {
            endFormer();
        }
    }

    /** The first frames of a connection may be followed by a gap: until it shows half as many, the former one is shown. */
    @Override
    void onSuccessorConnected() {
        compare(0);
    }

    private void compare(int good) {
        ReceivedMedia.Source shown = received.delivered();
        ReceivedMedia.Source next = newest;
        if (former() == null || shown == null || next == null) {
            return;
        }
        long before = shown.frames();
        long beforeOfNext = next.frames();
        loop.schedule(
                () -> {
                    if (former() == null || newest != next) {
                        return;
                    }
                    long frames = shown.frames() - before;
                    int goodNow = 2 * (next.frames() - beforeOfNext) >= frames ? good + 1 : 0;
                    if (frames == 0 || goodNow == COMPARISONS) {
                        endFormer();
                    } else {
                        compare(goodNow);
                    }
                },
                COMPARISON_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    void onFormerStopped() {
        if (newest != null) {
            received.deliver(newest);
        }
        applyAudio();
    }

    private void volumeChanged(int volume) {
        LOG.trace("event=volumeChanged volume={}", volume);
        enqueue(this::applyAudio);
    }

    private void applyAudio() {
        RtcConnection former = former();
        boolean playing = received.isPlaying();
        connection().setRemoteAudioEnabled(playing && former == null);
        if (former != null) {
            former.setRemoteAudioEnabled(playing);
        }
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
        received.setVideoActive(active);
    }

    /**
     * Plays received audio and delivers it to the feed, or drops it. To save bandwidth, ask the sender to pause.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        received.setAudioActive(active);
        enqueue(this::applyAudio);
    }
}
