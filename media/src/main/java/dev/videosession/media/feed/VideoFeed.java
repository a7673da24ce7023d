package dev.videosession.media.feed;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Delivers the video of a source or a peer to sinks. A feed stays readable after the link or source that fills it has ended. Its last
 * frame is kept until the publisher or subscriber that it belongs to is destroyed, so that a view has something to show after the peer
 * has left. Any thread may call any method.
 */
public interface VideoFeed {
    /**
     * Adds a sink. It gets the kept last frame at once, on the calling thread, if there is one, and every frame from now on. Adding a
     * sink twice has no effect. A sink that is added after the feed is closed gets no later frame.
     *
     * @param sink gets the frames
     */
    void addSink(VideoSink sink);

    /**
     * Removes a sink. A call to it that is in progress on another thread may finish after this method returns.
     *
     * @param sink gets no more frames; an unknown sink is ignored
     */
    void removeSink(VideoSink sink);

    /**
     * Converts the last frame, on the calling thread.
     *
     * @return a new upright image of {@link BufferedImage#TYPE_INT_RGB}, or empty before the first frame and after the
     *     kept frame was released
     */
    Optional<BufferedImage> snapshot();

    /** {@return the upright width of the last frame in pixels; 0 before the first frame} */
    int width();

    /** {@return the upright height of the last frame in pixels; 0 before the first frame} */
    int height();

    /** {@return the number of frames so far} */
    long frames();
}
