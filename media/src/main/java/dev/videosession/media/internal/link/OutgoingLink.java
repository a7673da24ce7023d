package dev.videosession.media.internal.link;

import dev.videosession.media.internal.capture.LocalAudio;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.capture.LocalVideo;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.RtcSender;
import dev.videosession.media.internal.rtc.SdpExchange;
import dev.videosession.media.internal.rtc.encoding.ActiveEncodings;
import dev.videosession.media.internal.rtc.encoding.MediaCoding;
import dev.videosession.media.internal.rtc.encoding.SimulcastSizes;
import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.time.TimeSource;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending end of a link. It makes the offers; the first one is sent as soon as the link is open. See {@link PeerLink} for threads
 * and errors.
 */
public final class OutgoingLink extends PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLink.class);

    /** A request to restart ICE is ignored for this long after an offer, as that offer is a restart already. */
    private static final long RESTART_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /**
     * The first bandwidth estimate in kilobits a second. The library's own 300 spreads the first key frame of 640x360 over more than
     * 100 ms. The estimate still falls within a second if the path carries less.
     */
    private static final int START_KILOBITS = 1200;

    private final LocalMedia media;
    private final RtcFactory factory;
    private final TimeSource time;
    private final MediaCoding coding;
    private volatile LinkSettings settings = LinkSettings.UNLIMITED;

    // Confined to the media loop.
    private final ActiveEncodings encodings = new ActiveEncodings();
    private LocalVideo.@Nullable Output output;
    private @Nullable RtcSender videoSender;
    private @Nullable RtcSender audioSender;
    private @Nullable SessionDescription offered;
    private long offeredNanos;
    private boolean videoActive = true;
    private volatile boolean audioActive = true;
    private boolean offerWaits;

    /**
     * Prepares a link; {@link #start()} opens it.
     *
     * @param onClosed called on the media loop when the link is closed
     * @param loop owns the link
     * @param factories create the connection
     * @param time the clocks
     * @param media what to send
     * @param config servers and policy
     * @param signaling carries descriptions and candidates
     * @param coding how video and audio are encoded
     */
    public OutgoingLink(
            Consumer<PeerLink> onClosed,
            MediaLoop loop,
            RtcFactories factories,
            TimeSource time,
            LocalMedia media,
            LinkConfig config,
            LinkSignaling signaling,
            MediaCoding coding) {
        super(onClosed, loop, config, signaling);
        this.time = time;
        this.media = media;
        this.coding = coding;
        factory = media.factory(factories);
    }

    /** {@return what this link sends} */
    public LocalMedia media() {
        return media;
    }

    /** {@return whether the link is connected and sends the audio of its media} */
    public boolean sendsAudio() {
        return audioActive && state() == LinkState.CONNECTED;
    }

    @Override
    RtcFactory factory() {
        return factory;
    }

    @Override
    void prepare(RtcConnection connection) {
        LocalAudio audio = media.localAudio();
        if (audio != null) {
            audioSender = connection.sendAudio(audio.track());
        }
        LocalVideo video = media.localVideo();
        if (video != null) {
            output = video.addOutput();
            encodings.connectionOpened(SimulcastSizes.encodings(media.width(), media.height(), coding.mostEncodings()));
            output.setDivisor(SimulcastSizes.divisor(0, encodings.count()));
            videoSender = connection.sendVideo(output.track(), coding.codec(), encodings.count());
        }
        applySettings();
    }

    @Override
    void onOpen() {
        offer(false);
    }

    /** Makes an offer now, or after the exchange that is in progress. */
    private void offer(boolean iceRestart) {
        if (negotiation().state().isBusy()) {
            offerWaits = true;
            return;
        }
        if (!negotiation().on(Event.OFFER_WANTED)) {
            return;
        }
        offerWaits = false;
        offeredNanos = time.nanos();
        negotiation().setNumber(negotiation().number() + 1);
        if (!prepareExchange()) {
            return;
        }
        connection()
                .exchange()
                .createOffer(
                        iceRestart,
                        offer -> {
                            if (negotiation().state() == NegotiationState.MAKING_OFFER) {
                                offered = offer.description();
                                descriptions().applyAndSend(offer, Event.OFFER_SENT);
                            }
                        },
                        descriptions()::failed);
    }

    @Override
    void onDescription(RemoteDescription description) {
        int awaited = negotiation().number();
        if (description.kind() != DescriptionKind.ANSWER || description.negotiation() != awaited) {
            LOG.debug(
                    "event=descriptionIgnored kind={} negotiation={} awaited={}",
                    description.kind(),
                    description.negotiation(),
                    awaited);
            return;
        }
        if (negotiation().on(Event.ANSWER_RECEIVED)) {
            descriptions().accept(description, answer -> {
                SessionDescription offer = Objects.requireNonNull(offered);
                answer.requireAnswers(offer);
                SessionDescription hinted = coding.hinted(answer, START_KILOBITS);
                descriptions().applyRemote(hinted, Event.ANSWER_APPLIED, () -> {
                    encodings.answered(offer, hinted);
                    onExchangeEnd();
                });
            });
        }
    }

    /** The encoder does not send all of its encodings of a smaller source: another connection has fewer. */
    private void fitEncodings() {
        int count = encodings.count();
        boolean fits = count == 1 || SimulcastSizes.encodings(media.width(), media.height(), count) == count;
        if (!fits && !negotiation().state().isBusy() && replaceConnection()) {
            offer(false);
        }
    }

    @Override
    void onExchangeEnd() {
        fitEncodings();
        if (offerWaits && !negotiation().state().isBusy()) {
            offer(true);
        }
        adjustEncodings();
    }

    /** Pauses encodings that the peer does not need and resumes those that it needs, without the peer. */
    private void adjustEncodings() {
        if (negotiation().state() != NegotiationState.STABLE
                || connection().exchange().isDamaged()) {
            return;
        }
        SessionDescription answer = encodings.nextAnswer();
        if (answer == null || !negotiation().on(Event.ADJUSTMENT_WANTED)) {
            return;
        }
        SdpExchange exchange = connection().exchange();
        exchange.createOffer(
                false,
                offer -> exchange.applyLocal(
                        offer,
                        () -> exchange.applyRemote(
                                answer,
                                () -> {
                                    if (negotiation().on(Event.ADJUSTED)) {
                                        onExchangeEnd();
                                    }
                                },
                                descriptions()::failed),
                        descriptions()::failed),
                descriptions()::failed);
    }

    @Override
    void releaseMedia() {
        audioSender = null;
        videoSender = null;
        if (output != null) {
            output.dispose();
            output = null;
        }
    }

    @Override
    void onSuccessorConnected() {
        throw new IllegalStateException("A sending link keeps no former connection.");
    }

    @Override
    void onFormerStopped() {
        throw new IllegalStateException("A sending link keeps no former connection.");
    }

    @Override
    void onClose() {
        offered = null;
    }

    private void applySettings() {
        LinkSettings now = settings;
        if (output != null) {
            output.setMaxFramerate(now.maxFramerate());
        }
        if (output != null && encodings.count() > 1) {
            output.setActive(videoActive && encodings.isAnyNeeded()); // the library cannot change several encodings
        } else if (videoSender != null) {
            videoSender.encode(videoActive, now.maxBitrate(), now.scaleResolutionDownBy());
        }
        if (audioSender != null) {
            audioSender.setActive(audioActive);
        }
    }

    /**
     * Restarts ICE: makes an offer with new ICE credentials. Call it if the link is FAILED, or DISCONNECTED for some seconds.
     *
     * <p>Both ends notice a loss at the same time and ask for a restart. While the link is not connected, a request within 1.5 s of
     * the last offer changes nothing. An older offer that awaits its answer is replaced, and the answer to it is ignored. While an
     * answer is being applied, the new offer waits for that.
     */
    public void restartIce() {
        enqueue(() -> {
            boolean connecting = negotiation().state() != NegotiationState.BROKEN
                    && state() != LinkState.CONNECTED
                    && time.nanos() - offeredNanos < RESTART_INTERVAL_NANOS;
            if (connecting) {
                LOG.debug(
                        "event=iceRestartIgnored negotiation={}", negotiation().number());
            } else {
                offer(true);
            }
        });
    }

    /**
     * Call after a signaling interruption, as the last message may be lost. Sends a new offer with an ICE restart unless the link is
     * connected and awaits no answer, or an offer is being made. Safe in any state, and as often as needed. A peer that did get the
     * lost offer replaces it.
     */
    public void resendOffer() {
        enqueue(() -> {
            NegotiationState now = negotiation().state();
            boolean complete = now != NegotiationState.AWAITING_ANSWER && state() == LinkState.CONNECTED;
            if (now != NegotiationState.MAKING_OFFER && !complete) {
                offer(true);
            }
        });
    }

    /**
     * Sets limits for the video of this link. Takes effect without negotiation.
     *
     * @param settings the limits
     */
    public void setSettings(LinkSettings settings) {
        this.settings = settings;
        enqueue(this::applySettings);
    }

    /** {@return the limits last set, at first {@link LinkSettings#UNLIMITED}} */
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
     * Sends video of a lower resolution.
     *
     * @param factor 1 for the size of the source, 2 for half of it in each direction
     */
    public void setScaleResolutionDownBy(double factor) {
        setSettings(settings().withScaleResolutionDownBy(factor));
    }

    /**
     * Pauses or resumes video to this peer only. While paused, nothing is encoded or sent.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        enqueue(() -> {
            videoActive = active;
            applySettings();
            fitEncodings();
        });
    }

    /**
     * Chooses which encodings of the video are sent. All other ones are paused: they are neither encoded nor sent. Takes effect without
     * the peer, and with a key frame of each encoding that is resumed.
     *
     * @param indexes of the encodings that the peer needs, 0 for the smallest; null for all, as at first. Without effect on a video with
     *     one encoding
     */
    public void setNeededEncodings(@Nullable Set<Integer> indexes) {
        enqueue(() -> {
            encodings.need(indexes);
            applySettings();
            adjustEncodings();
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
