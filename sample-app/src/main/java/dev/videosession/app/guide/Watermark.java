package dev.videosession.app.guide;

import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.source.FrameProcessor;
import dev.videosession.media.source.VideoSource;
import java.nio.ByteBuffer;

/** Blurs the left half of a video and marks it with a frame, before it is encoded. */
public final class Watermark implements FrameProcessor {
    private static final int BLOCK = 16;
    private static final int BORDER = 4;
    private static final byte WHITE = (byte) 235;

    /**
     * Marks the video of a source.
     *
     * @param camera any source
     * @return the marked source, for a publisher
     */
    public static VideoSource on(VideoSource camera) {
        return VideoSources.processed(camera, new Watermark());
    }

    @Override
    public void process(VideoFrame frame) {
        ByteBuffer luma = frame.planeY();
        int stride = frame.strideY();
        pixelate(luma, stride, frame.width() / 2, frame.height());
        for (int row = 0; row < frame.height(); row++) {
            boolean edge = row < BORDER || row >= frame.height() - BORDER;
            for (int column = 0; column < (edge ? frame.width() : BORDER); column++) {
                luma.put(row * stride + column, WHITE);
                luma.put(row * stride + frame.width() - 1 - column, WHITE);
            }
        }
    }

    /** Gives each block the brightness of its first pixel. */
    private static void pixelate(ByteBuffer luma, int stride, int width, int height) {
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int first = (row - row % BLOCK) * stride + column - column % BLOCK;
                luma.put(row * stride + column, luma.get(first));
            }
        }
    }
}
