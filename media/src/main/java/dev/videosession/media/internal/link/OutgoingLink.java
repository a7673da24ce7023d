package dev.videosession.media.internal.link;

import dev.videosession.media.internal.capture.LocalAudio;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.capture.LocalVideo;
import dev.videosession.media.internal.link.NegotiationState.Event;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.RtcSender;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.Encoding;
import dev.videosession.protocol.sdp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending end: makes the offers. The first offer goes out by itself; see {@link PeerLink} for threads and errors.
 */
public final class OutgoingLink extends PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLink.class);

    /** How long the path of the last offer is left alone. */
    private static final long TRYING_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /**
     * Where the bandwidth estimate starts, in kilobits a second. The library's own 300 spreads the first key frame of 640x360 over
     * more than 100 ms; the estimate still falls within a second where the path carries less.
     */
    private static final int START_KILOBITS = 1200;

    /** A test has its own. */
    volatile LongSupplier clock = System::nanoTime;

    private final LocalMedia media;
    private final RtcFactory factory;
    private volatile LinkSettings settings = LinkSettings.UNLIMITED;

    // Owned by the media loop.
    private LocalVideo.@Nullable Outlet outlet;
    private @Nullable RtcSender videoSender;
    private @Nullable RtcSender audioSender;
    private @Nullable SessionDescription offered;
    private long offeredNanos;
    private boolean videoActive = true;
    private boolean audioActive = true;
    private Wanted wanted = Wanted.NOTHING;

    /** What the next offer is for, when it has to wait for the exchange under way. */
    private enum Wanted {
        NOTHING,
        OFFER_WITH_NEW_PATH
    }

    /**
     * Prepares a link; {@link #start()} opens it.
     *
     * @param onClosed called on the media loop when the link is closed
     * @param loop owns the link
     * @param factories make the connection
     * @param media what to send
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     */
    public OutgoingLink(
            Consumer<PeerLink> onClosed,
            MediaLoop loop,
            RtcFactories factories,
            LocalMedia media,
            LinkConfig config,
            LinkSignaling signaling) {
        super(onClosed, loop, config, signaling);
        this.media = media;
        factory = media.factory(factories);
    }

    /** {@return what this link sends} */
    public LocalMedia media() {
        return media;
    }

    /** {@return whether the link is connected and sends the audio of its media; on the media loop} */
    public boolean sendsAudio() {
        return audioActive && state() == LinkState.CONNECTED;
    }

    @Override
    RtcFactory factory() {
        return factory;
    }

    @Override
    void opened(RtcConnection connection) {
        LocalAudio audio = media.localAudio();
        if (audio != null) {
            audioSender = connection.send(audio.track(), MediaKind.AUDIO);
        }
        LocalVideo video = media.localVideo();
        if (video != null) {
            outlet = video.outlet();
            videoSender = connection.send(outlet.track(), MediaKind.VIDEO);
        }
        applySettings();
    }

    @Override
    void begin() {
        offer(false);
    }

    private void offer(boolean newPath) {
        if (negotiation().busy()) {
            wanted = Wanted.OFFER_WITH_NEW_PATH;
            return;
        }
        if (!enter(Event.OFFER_WANTED)) {
            return;
        }
        wanted = Wanted.NOTHING;
        offeredNanos = clock.getAsLong();
        number(number() + 1);
        if (!prepareConnection()) {
            return;
        }
        connection()
                .createOffer(
                        newPath,
                        made -> {
                            if (negotiation() == NegotiationState.MAKING_OFFER) {
                                offered = made.description();
                                applyAndSend(made, Event.OFFER_SENT);
                            }
                        },
                        this::negotiationFailed);
    }

    @Override
    void takeDescription(RemoteDescription description) {
        if (description.kind() != DescriptionKind.ANSWER || description.negotiation() != number()) {
            LOG.debug("{} is ignored: the answer to offer {} is awaited", description, number());
            return;
        }
        if (enter(Event.ANSWER_RECEIVED)) {
            admit(description, answer -> {
                answer.requireAnswers(Objects.requireNonNull(offered));
                applyRemote(answer.withStartBitrate(Encoding.VP8, START_KILOBITS), Event.ANSWER_APPLIED, this::settled);
            });
        }
    }

    @Override
    void settled() {
        if (wanted != Wanted.NOTHING && !negotiation().busy()) {
            offer(true);
        }
    }

    @Override
    void released() {
        audioSender = null;
        videoSender = null;
        if (outlet != null) {
            outlet.dispose();
            outlet = null;
        }
    }

    @Override
    void closing() {
        offered = null;
    }

    private void applySettings() {
        LinkSettings now = settings;
        if (outlet != null) {
            outlet.limit(now.maxFramerate());
        }
        if (videoSender != null) {
            videoSender.encode(videoActive, now.maxBitrate(), now.scaleResolutionDownBy());
        }
        if (audioSender != null) {
            audioSender.setActive(audioActive);
        }
    }

    /**
     * Looks for a new path: makes an offer with new ICE credentials and the next number. Use it when the link is
     * DISCONNECTED for some seconds or FAILED. Both ends notice a loss at the same time and ask for this: while the link is not
     * connected, a request within 1.5 s of the last offer changes nothing, as that offer is a new path already. An older offer that
     * awaits its answer is replaced, and the answer to it ignored. While an answer is being applied, the new offer follows.
     */
    public void restartIce() {
        enqueue(() -> {
            boolean trying = negotiation() != NegotiationState.BROKEN
                    && state() != LinkState.CONNECTED
                    && clock.getAsLong() - offeredNanos < TRYING_NANOS;
            if (trying) {
                LOG.debug("Offer {} is a new path already", number());
            } else {
                offer(true);
            }
        });
    }

    /**
     * Says that what was sent last may never have arrived: the signaling was interrupted. Makes an offer with the next
     * number, new ICE credentials and new candidates unless the link is connected and no answer is awaited, or an offer is
     * being made anyway. Right in every state, also when neither the first offer nor its answer has arrived: an end that got
     * the lost offer after all takes the new one in its place. Calling it more often than needed does no harm.
     */
    public void offerAgain() {
        enqueue(() -> {
            boolean complete = negotiation() != NegotiationState.AWAITING_ANSWER && state() == LinkState.CONNECTED;
            if (negotiation() != NegotiationState.MAKING_OFFER && !complete) {
                offer(true);
            }
        });
    }

    /**
     * Sets what the video of this link may spend; takes effect without negotiation.
     *
     * @param settings the limits
     */
    public void setSettings(LinkSettings settings) {
        this.settings = settings;
        enqueue(this::applySettings);
    }

    /**
     * The limits last set.
     *
     * @return at first {@link LinkSettings#UNLIMITED}
     */
    public LinkSettings settings() {
        return settings;
    }

    /**
     * Limits the video bitrate.
     *
     * @param bitsPerSecond 0 for no limit
     */
    public void setMaxBitrate(int bitsPerSecond) {
        setSettings(settings().withMaxBitrate(bitsPerSecond));
    }

    /**
     * Limits the frame rate.
     *
     * @param framesPerSecond 0 for no limit
     */
    public void setMaxFramerate(double framesPerSecond) {
        setSettings(settings().withMaxFramerate(framesPerSecond));
    }

    /**
     * Sends a smaller picture.
     *
     * @param factor 1 for the source's size, 2 for half of it in each direction
     */
    public void setScaleResolutionDownBy(double factor) {
        setSettings(settings().withScaleResolutionDownBy(factor));
    }

    /**
     * Pauses or resumes video to this peer only; while paused nothing is encoded or sent.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        enqueue(() -> {
            videoActive = active;
            applySettings();
        });
    }

    /**
     * Pauses or resumes audio to this peer only.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        enqueue(() -> {
            audioActive = active;
            applySettings();
        });
    }
}
