package dev.videosession.media.feed;

/** Takes frames. */
@FunctionalInterface
public interface VideoSink {
    /**
     * A frame has come.
     *
     * <p>Called on the thread that made the frame (a decoder or a capture thread), one frame at a time for one feed.
     * Return quickly: until then the next frame waits. The frame is valid until this method returns unless it is
     * {@linkplain VideoFrame#retain() retained}. An exception thrown here is logged and reaches nobody else.
     *
     * @param frame the picture
     */
    void onFrame(VideoFrame frame);
}
