package dev.videosession.media.source;

import dev.videosession.media.feed.VideoSink;

/**
 * A source of video. A source is a description; {@link #start} opens the device behind it. The sources of this library come
 * from {@link dev.videosession.media.VideoSources}; an application can write its own.
 */
public interface VideoSource {
    /** What the pictures are of, in the words of stream metadata. */
    enum Kind {
        /** A camera, or what stands in for one. */
        CAMERA,
        /** A screen: text matters more than motion. */
        SCREEN,
        /** Whatever the application draws. */
        CUSTOM
    }

    /**
     * What the pictures are of.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * Size and rate this source aims for; frames may come in another size.
     *
     * @return the format
     */
    VideoFormat format();

    /**
     * Opens the device and sends its frames to the sink, on a thread of the source, until the capture is closed.
     *
     * @param sink takes the frames
     * @param ended called once, on any thread, when the source stops by itself (device unplugged, application ended it);
     *     not called on {@link Capture#close()}
     * @return the running capture
     * @throws dev.videosession.media.device.MediaUnavailableException when the device is missing or does not start
     */
    Capture start(VideoSink sink, Runnable ended);
}
