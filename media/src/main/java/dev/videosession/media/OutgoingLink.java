package dev.videosession.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpSendParameters;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.MediaType;
import dev.videosession.media.link.LinkConfig;
import dev.videosession.media.link.LinkSettings;
import dev.videosession.media.link.LinkSignaling;
import dev.videosession.media.link.LinkState;
import dev.videosession.media.link.NegotiationState;
import dev.videosession.media.link.NegotiationState.Event;
import dev.videosession.media.link.SessionDescription;
import dev.videosession.media.rtc.NativeRefs;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sending end: makes the offers. The first offer goes out by itself; see {@link PeerLink} for threads and errors.
 */
public final class OutgoingLink extends PeerLink implements MicrophoneLevel.Meter {
    private static final Logger LOG = LoggerFactory.getLogger(OutgoingLink.class);

    /** How long the path of the last offer is left alone. */
    private static final long TRYING_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    /** A test has its own. */
    volatile LongSupplier clock = System::nanoTime;

    private final LocalMedia media;
    private final PeerConnectionFactory factory;
    private final Codecs codecs;
    private volatile LinkSettings settings = LinkSettings.UNLIMITED;

    // Owned by the media loop.
    private final List<Long> held = new ArrayList<>();
    private LocalVideo.@Nullable Outlet outlet;
    private @Nullable RTCRtpSender videoSender;
    private @Nullable RTCRtpSender audioSender;
    private long offeredNanos;
    private boolean videoActive = true;
    private boolean audioActive = true;
    private Wanted wanted = Wanted.NOTHING;

    /** What the next offer is for, when it has to wait for the exchange under way. */
    private enum Wanted {
        NOTHING,
        OFFER_WITH_NEW_PATH
    }

    OutgoingLink(
            MediaEngine engine,
            MediaLoop loop,
            Factories factories,
            LocalMedia media,
            LinkConfig config,
            LinkSignaling signaling) {
        super(engine, loop, config, signaling);
        this.media = media;
        factory = media.factory(factories);
        codecs = factories.codecs();
    }

    LocalMedia media() {
        return media;
    }

    /** On the media loop. */
    boolean audioActive() {
        return audioActive;
    }

    @Override
    PeerConnectionFactory factory() {
        return factory;
    }

    @Override
    void opened(RTCPeerConnection connection) {
        LocalAudio audio = media.localAudio();
        if (audio != null) {
            audio.gate.lock();
            try {
                audioSender = add(connection, audio.track, MediaType.AUDIO);
            } finally {
                audio.gate.unlock();
            }
        }
        LocalVideo video = media.localVideo();
        if (video != null) {
            outlet = video.outlet();
            videoSender = add(connection, outlet.track, MediaType.VIDEO);
        }
        applySettings();
        offer(false);
    }

    private RTCRtpSender add(RTCPeerConnection connection, MediaStreamTrack track, MediaType type) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = RTCRtpTransceiverDirection.SEND_ONLY;
        init.streamIds = List.of("media");
        RTCRtpTransceiver transceiver = connection.addTransceiver(track, init);
        held.add(NativeRefs.handle(transceiver));
        codecs.choose(factory, transceiver, type);
        return transceiver.getSender();
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
        RTCOfferOptions options = new RTCOfferOptions();
        options.iceRestart = newPath;
        attempt(
                () -> "Making an offer",
                () -> connection()
                        .createOffer(
                                options,
                                NativeEvents.created(
                                        loop,
                                        made -> {
                                            if (negotiation() == NegotiationState.MAKING_OFFER) {
                                                attempt(
                                                        () -> "Applying the offer",
                                                        () -> applyAndSend(made, Event.OFFER_SENT));
                                            }
                                        },
                                        this::negotiationFailed)));
    }

    @Override
    void takeDescription(SessionDescription description) {
        if (description.type() != SessionDescription.Type.ANSWER || description.number() != number()) {
            LOG.debug("{} is ignored: the answer to offer {} is awaited", description, number());
            return;
        }
        if (enter(Event.ANSWER_RECEIVED)) {
            SessionDescription hinted = new SessionDescription(
                    description.number(), description.type(), SdpHints.startFast(description.sdp()));
            attempt(
                    () -> "Applying the answer",
                    () -> applyRemote(RTCSdpType.ANSWER, hinted, Event.ANSWER_APPLIED, this::settled));
        }
    }

    @Override
    void settled() {
        if (wanted != Wanted.NOTHING && !negotiation().busy()) {
            offer(true);
        }
    }

    @Override
    void transceiver(RTCRtpTransceiver transceiver) {
        LOG.debug("The receiving end offers media of its own; it is ignored");
    }

    @Override
    void detach() {
        LocalAudio audio = media.localAudio();
        if (audio != null && audioSender != null) {
            audio.gate.lock();
            try {
                audioSender.replaceTrack(null);
            } finally {
                audio.gate.unlock();
            }
        }
        if (videoSender != null) {
            videoSender.replaceTrack(null);
        }
        audioSender = null;
        videoSender = null;
    }

    @Override
    void released() {
        held.forEach(NativeRefs::release);
        held.clear();
        if (outlet != null) {
            outlet.dispose();
            outlet = null;
        }
    }

    private void applySettings() {
        LinkSettings now = settings;
        if (outlet != null) {
            outlet.limit(now.maxFramerate());
        }
        parameters(videoSender, encoding -> {
            encoding.active = videoActive;
            encoding.maxBitrate = now.maxBitrate() == 0 ? null : Integer.valueOf(now.maxBitrate());
            encoding.scaleResolutionDownBy = now.scaleResolutionDownBy();
        });
        parameters(audioSender, encoding -> encoding.active = audioActive);
    }

    private static void parameters(@Nullable RTCRtpSender sender, Consumer<RTCRtpEncodingParameters> change) {
        if (sender == null) {
            return;
        }
        RTCRtpSendParameters parameters = sender.getParameters();
        parameters.encodings.forEach(change);
        try {
            sender.setParameters(parameters);
        } catch (RuntimeException | Error e) { // webrtc-java throws an Error for what the native side refuses
            LOG.warn("The encoder refused its settings", e);
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
