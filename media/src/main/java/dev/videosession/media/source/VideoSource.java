package dev.videosession.media.source;

import dev.videosession.media.feed.VideoSink;

/**
 * A source of video. A source is a description; {@link #start} opens the device behind it. The sources of this library come from {@link
 * dev.videosession.media.VideoSources}; an application can write its own.
 */
public interface VideoSource {
    /** What the video shows, in the terms of stream metadata. */
    enum Kind {
        /** A camera, or what replaces one. */
        CAMERA,
        /** A screen: text matters more than motion. */
        SCREEN,
        /** What the application draws. */
        CUSTOM
    }

    /** {@return what the video shows} */
    Kind kind();

    /** {@return the intended size and frame rate; frames may have another size} */
    VideoFormat format();

    /**
     * Opens the device and sends its frames to the sink, on a thread of the source, until the capture is closed.
     *
     * @param sink gets the frames
     * @param ended called once, on any thread, when the source stops by itself (device unplugged, ended by the application); not called
     *     on {@link Capture#close()}
     * @return the running capture
     * @throws dev.videosession.media.device.MediaUnavailableException if the device is missing or does not start
     */
    Capture start(VideoSink sink, Runnable ended);
}
