package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.RTCRtpEncodingParameters;
import dev.onvoid.webrtc.RTCRtpSendParameters;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.videosession.media.internal.rtc.library.NativeRefs;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one track over a connection. Keeps its native transceiver, and so the native sender, until {@link RtcConnection#close()}, also if
 * the peer rejects the section. Afterwards every method does nothing.
 */
public final class RtcSender {
    private static final Logger LOG = LoggerFactory.getLogger(RtcSender.class);

    private final RTCRtpTransceiver transceiver;
    private final RTCRtpSender sender;
    private final long handle;
    private final LocalTrack track;
    private boolean open = true;

    RtcSender(RTCRtpTransceiver transceiver, LocalTrack track) {
        this.transceiver = transceiver;
        this.track = track;
        handle = NativeRefs.handle(transceiver);
        sender = transceiver.getSender();
    }

    /**
     * Limits the encoder of a track with one encoding. Has no effect if the peer rejected the section.
     *
     * @param active whether anything is sent
     * @param maxBitrate bits per second; 0 for no limit
     * @param scaleResolutionDownBy 1 for the size of the source
     */
    public void encode(boolean active, int maxBitrate, double scaleResolutionDownBy) {
        change(encoding -> {
            encoding.active = active;
            encoding.maxBitrate = maxBitrate == 0 ? null : Integer.valueOf(maxBitrate);
            encoding.scaleResolutionDownBy = scaleResolutionDownBy;
        });
    }

    /**
     * Pauses or resumes a track that has no limits, for example audio.
     *
     * @param active whether anything is sent
     */
    public void setActive(boolean active) {
        change(encoding -> encoding.active = active);
    }

    private void change(Consumer<RTCRtpEncodingParameters> change) {
        if (!open || transceiver.stopped()) {
            return;
        }
        RTCRtpSendParameters parameters = sender.getParameters();
        parameters.encodings.forEach(change);
        try {
            sender.setParameters(parameters);
        } catch (RuntimeException | Error e) { // webrtc-java throws an Error for what the native side refuses
            LOG.warn("event=encoderSettingsRefused", e);
        }
    }

    LocalTrack track() {
        return track;
    }

    /** Detaches the track, before the native connection is closed. */
    void detach() {
        open = false;
        if (!transceiver.stopped()) {
            sender.replaceTrack(null);
        }
    }

    /** Releases the native transceiver, after the native connection is closed. */
    void release() {
        open = false;
        NativeRefs.release(handle);
    }
}
