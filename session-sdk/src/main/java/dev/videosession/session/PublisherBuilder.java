package dev.videosession.session;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.text.WellFormedText;
import dev.videosession.session.internal.RealPublisher;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.loop.SharedThreads;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Publisher}. Opens no device. */
public final class PublisherBuilder {
    private String name = "";
    private @Nullable VideoSource video;
    private VideoCodec codec = VideoCodec.VP8;
    private @Nullable AudioSource audio;
    private boolean publishVideo = true;
    private boolean publishAudio = true;
    private @Nullable MediaEngine engine;
    private @Nullable LinkQuality fallback;
    private OpusSettings opus = OpusSettings.DEFAULT;
    private Executor callbackExecutor = SharedThreads.callbacks();

    PublisherBuilder() {}

    /**
     * Sets the name of the stream.
     *
     * @param newName at most {@link Limits#STREAM_NAME} characters
     * @return this builder
     * @throws IllegalArgumentException if it is longer, or contains half of a surrogate pair
     */
    public PublisherBuilder name(String newName) {
        if (newName.length() > Limits.STREAM_NAME) {
            throw new IllegalArgumentException("a stream's name has at most " + Limits.STREAM_NAME + " characters");
        }
        WellFormedText.require("the name of a stream", newName);
        name = newName;
        return this;
    }

    /**
     * Sets the executor on which listeners are called and outcomes arrive until the publisher is in a session for the first
     * time; from then on it is the session's executor. For Swing {@code SwingUtilities::invokeLater}.
     *
     * @param executor the executor; by default a thread of the library
     * @return this builder
     */
    public PublisherBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sends the default camera, 640 x 360 at 30 frames per second.
     *
     * @return this builder
     */
    public PublisherBuilder camera() {
        return video(VideoSources.camera(null, VideoFormat.P360));
    }

    /**
     * Sends a camera.
     *
     * @param device the camera
     * @param format preferred size and rate
     * @return this builder
     */
    public PublisherBuilder camera(MediaDevice device, VideoFormat format) {
        return video(VideoSources.camera(device, format));
    }

    /**
     * Sends the screen at 15 frames per second.
     *
     * @return this builder
     */
    public PublisherBuilder screen() {
        return video(VideoSources.screen(null, 15));
    }

    /**
     * Sends video of any source.
     *
     * @param source the source
     * @return this builder
     */
    public PublisherBuilder video(VideoSource source) {
        video = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets how video is encoded.
     *
     * @param newCodec {@link VideoCodec#VP8} unless set
     * @return this builder
     */
    public PublisherBuilder videoCodec(VideoCodec newCodec) {
        codec = Objects.requireNonNull(newCodec, "newCodec");
        return this;
    }

    /**
     * Sets how audio is encoded.
     *
     * @param newSettings {@link OpusSettings#DEFAULT} unless set
     * @return this builder
     */
    public PublisherBuilder opus(OpusSettings newSettings) {
        opus = Objects.requireNonNull(newSettings, "newSettings");
        return this;
    }

    /**
     * Sends the default microphone.
     *
     * @return this builder
     */
    public PublisherBuilder microphone() {
        return audio(AudioSources.microphone(null));
    }

    /**
     * Sends audio of any source.
     *
     * @param source the source
     * @return this builder
     */
    public PublisherBuilder audio(AudioSource source) {
        audio = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Sets whether audio is sent from the start.
     *
     * @param on true unless set
     * @return this builder
     */
    public PublisherBuilder publishAudio(boolean on) {
        publishAudio = on;
        return this;
    }

    /**
     * Sets whether video is sent from the start.
     *
     * @param on true unless set
     * @return this builder
     */
    public PublisherBuilder publishVideo(boolean on) {
        publishVideo = on;
        return this;
    }

    /**
     * Sets whether video is turned off for a subscriber whose link carries too little for both audio and video. After
     * {@link PublisherListener#onVideoDisableWarning}, if the link does not recover, video is no longer sent to this subscriber;
     * it is tried again from time to time. In a routed session, the measured link is the one to the media router, and video is turned
     * off for every subscriber. The threshold is 150,000 bits per second, less for video below 320 x 240. A publisher
     * without audio always sends its video.
     *
     * @param on false unless set
     * @return this builder
     */
    public PublisherBuilder audioFallback(boolean on) {
        fallback = on ? LinkQuality.BITRATE : null;
        return this;
    }

    /**
     * Sets the media engine.
     *
     * @param own must outlive the publisher; remains owned by the application
     * @return this builder
     */
    public PublisherBuilder mediaEngine(MediaEngine own) {
        engine = Objects.requireNonNull(own, "own");
        return this;
    }

    /**
     * Creates the publisher.
     *
     * @return a new publisher in no session
     * @throws IllegalStateException if it has neither video nor audio
     */
    public Publisher build() {
        if (video == null && audio == null) {
            throw new IllegalStateException("a publisher needs video or audio: call camera(), microphone(), ...");
        }
        return new RealPublisher(
                name,
                engine,
                video,
                codec,
                audio,
                opus,
                publishVideo,
                publishAudio,
                fallback,
                new CallbackQueue(callbackExecutor));
    }
}
