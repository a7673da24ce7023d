package dev.videosession.media.source;

import dev.videosession.media.feed.VideoFrame;

/**
 * Changes video between its source and the encoder: blur, an overlay, a watermark. See {@link
 * dev.videosession.media.VideoSources#processed}.
 */
@FunctionalInterface
public interface FrameProcessor {
    /**
     * Changes a frame in place: writes into its planes. It may be rotated; see {@link VideoFrame#rotation()}.
     *
     * <p>Called on a thread of its own, one call at a time. While a call takes longer than a frame, newer frames replace each other, so
     * that the next call gets the newest one. If a call throws, the frame is not sent, as it may show what the processor was to hide;
     * the first of several failures in a row is logged, and the next frame is processed again. In all these cases the call goes on.
     *
     * @param frame the frame, which must not be used after this method returns
     */
    void process(VideoFrame frame);
}
