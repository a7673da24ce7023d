package dev.videosession.media.feed;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * The reading end of a stream of pictures. A feed outlives the link or source that fills it and keeps its last frame, so
 * that a view has something to show after the other side is gone. All methods may be called from any thread.
 */
public interface VideoFeed {
    /**
     * Adds a sink; it gets every frame from now on, and the kept last frame at once, on the calling thread, if there is
     * one. Adding a sink twice has no effect, nor has adding one after the feed was closed (beyond the kept frame).
     *
     * @param sink who wants frames
     */
    void addSink(VideoSink sink);

    /**
     * Removes a sink. A call to it that is under way on another thread may still finish after this returns.
     *
     * @param sink who wants no more frames; unknown sinks are ignored
     */
    void removeSink(VideoSink sink);

    /**
     * The last frame as an upright image in {@link BufferedImage#TYPE_INT_RGB}, converted on the calling thread.
     *
     * @return a new image, or empty when no frame ever came
     */
    Optional<BufferedImage> snapshot();

    /**
     * Width of the last frame, turned upright.
     *
     * @return pixels; 0 before the first frame
     */
    int width();

    /**
     * Height of the last frame, turned upright.
     *
     * @return pixels; 0 before the first frame
     */
    int height();

    /**
     * How many frames came so far.
     *
     * @return a count that never shrinks
     */
    long frames();
}
