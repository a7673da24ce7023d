package dev.videosession.media.feed;

/** Receives video frames. */
@FunctionalInterface
public interface VideoSink {
    /**
     * Called for each frame.
     *
     * <p>Called on the thread that produced the frame (a decoder or a capture thread), for one frame of a feed at a time. Return
     * quickly: the next frame waits until then. The frame is valid until this method returns, unless it is {@linkplain
     * VideoFrame#retain() retained}. An exception is logged and does not affect other sinks.
     *
     * @param frame the frame
     */
    void onFrame(VideoFrame frame);
}
