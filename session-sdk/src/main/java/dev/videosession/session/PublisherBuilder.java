package dev.videosession.session;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.WellFormedText;
import dev.videosession.session.internal.RealPublisher;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.loop.SharedThreads;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Describes a {@link Publisher}. Opens nothing. */
public final class PublisherBuilder {
    private String name = "";
    private @Nullable VideoSource video;
    private @Nullable AudioSource audio;
    private boolean publishVideo = true;
    private boolean publishAudio = true;
    private @Nullable MediaEngine engine;
    private @Nullable LinkQuality fallback;
    private Executor callbackExecutor = SharedThreads.callbacks();

    PublisherBuilder() {}

    /**
     * Names the stream.
     *
     * @param newName at most {@link Limits#STREAM_NAME} characters
     * @return this builder
     * @throws IllegalArgumentException if it is longer, or holds half of a surrogate pair
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
     * Chooses where listeners are called and outcomes arrive before the publisher is in a session for the first time; from
     * then on that is the session's executor. For Swing {@code SwingUtilities::invokeLater}.
     *
     * @param executor the executor; by default a thread of the library
     * @return this builder
     */
    public PublisherBuilder callbackExecutor(Executor executor) {
        callbackExecutor = Objects.requireNonNull(executor, "executor");
        return this;
    }

    /**
     * Sends the default camera, 640 x 360 at 30 frames a second.
     *
     * @return this builder
     */
    public PublisherBuilder camera() {
        return video(VideoSources.camera(null, VideoFormat.P360));
    }

    /**
     * Sends a camera.
     *
     * @param device which
     * @param format wanted size and rate
     * @return this builder
     */
    public PublisherBuilder camera(MediaDevice device, VideoFormat format) {
        return video(VideoSources.camera(device, format));
    }

    /**
     * Sends the screen, 15 times a second.
     *
     * @return this builder
     */
    public PublisherBuilder screen() {
        return video(VideoSources.screen(null, 15));
    }

    /**
     * Sends any picture.
     *
     * @param source where it comes from
     * @return this builder
     */
    public PublisherBuilder video(VideoSource source) {
        video = Objects.requireNonNull(source, "source");
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
     * Sends any sound.
     *
     * @param source where it comes from
     * @return this builder
     */
    public PublisherBuilder audio(AudioSource source) {
        audio = Objects.requireNonNull(source, "source");
        return this;
    }

    /**
     * Chooses whether sound is sent from the start.
     *
     * @param on true unless set
     * @return this builder
     */
    public PublisherBuilder publishAudio(boolean on) {
        publishAudio = on;
        return this;
    }

    /**
     * Chooses whether the picture is sent from the start.
     *
     * @param on true unless set
     * @return this builder
     */
    public PublisherBuilder publishVideo(boolean on) {
        publishVideo = on;
        return this;
    }

    /**
     * Chooses whether the picture gives way to the sound where the path to a subscriber carries too little for both: after
     * {@link PublisherListener#onVideoDisableWarning}, if it stays so, the picture is no longer sent to this subscriber and
     * tried again from time to time. The threshold is 150,000 bits a second, less for pictures below 320 x 240. A
     * publisher without sound sends its picture all the same.
     *
     * @param on false unless set
     * @return this builder
     */
    public PublisherBuilder audioFallback(boolean on) {
        fallback = on ? LinkQuality.BITRATE : null;
        return this;
    }

    /** For tests: decides by other numbers. */
    PublisherBuilder audioFallback(LinkQuality quality) {
        fallback = quality;
        return this;
    }

    /**
     * Uses the application's own media engine, which must outlive the publisher.
     *
     * @param own the engine
     * @return this builder
     */
    public PublisherBuilder mediaEngine(MediaEngine own) {
        engine = Objects.requireNonNull(own, "own");
        return this;
    }

    /**
     * Makes the publisher.
     *
     * @return a new publisher in no session
     * @throws IllegalStateException if it would send neither picture nor sound
     */
    public Publisher build() {
        if (video == null && audio == null) {
            throw new IllegalStateException("a publisher needs a picture or a sound: camera(), microphone(), ...");
        }
        return new RealPublisher(
                name, engine, video, audio, publishVideo, publishAudio, fallback, new CallbackQueue(callbackExecutor));
    }
}
