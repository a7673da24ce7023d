package dev.videosession.media.source;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A source the application feeds. Frames pushed while no capture runs are dropped. Push from one thread at a time; a push returns
 * when every sink has had the frame. Frames may change size from one to the next.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class CustomVideo implements VideoSource {
    private final VideoFormat format;
    private final Kind kind;
    private final Object lock = new Object();
    private @Nullable VideoSink sink;
    private @Nullable Runnable ended;

    CustomVideo(VideoFormat format, Kind kind) {
        this.format = format;
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public VideoFormat format() {
        return format;
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        throw new UnsupportedOperationException();
    }

    /**
     * A frame to draw into without a later copy: write its planes, then {@link #push(VideoFrame)} it, then release it.
     *
     * @param width pixels, even
     * @param height pixels, even
     * @return a frame of undefined content that the caller must {@linkplain VideoFrame#release() release}
     */
    public VideoFrame newFrame(int width, int height) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sends a frame from {@link #newFrame} (or one received elsewhere). The caller's hold stays the caller's; the planes must not be written again.
     *
     * @param frame the picture
     */
    public void push(VideoFrame frame) {
        throw new UnsupportedOperationException();
    }

    /**
     * Copies an I420 picture into a frame and sends it.
     *
     * @param y luma, {@code height} rows of {@code strideY} bytes from the buffer's position 0
     * @param strideY bytes from row to row
     * @param u blue difference, half size
     * @param strideU bytes from row to row
     * @param v red difference, half size
     * @param strideV bytes from row to row
     * @param width pixels, even
     * @param height pixels, even
     */
    public void pushI420(
            ByteBuffer y, int strideY, ByteBuffer u, int strideU, ByteBuffer v, int strideV, int width, int height) {
        throw new UnsupportedOperationException();
    }

    /**
     * Converts RGB pixels to a frame and sends it.
     *
     * @param pixels one int a pixel, {@code 0xRRGGBB} with the top byte ignored, row after row
     * @param width pixels, even
     * @param height pixels, even
     */
    public void pushRgb(int[] pixels, int width, int height) {
        throw new UnsupportedOperationException();
    }

    /**
     * Converts an image to a frame and sends it; fastest for {@link BufferedImage#TYPE_INT_RGB} and TYPE_INT_ARGB.
     *
     * @param image of an even size
     */
    public void pushImage(BufferedImage image) {
        throw new UnsupportedOperationException();
    }

    /** Ends the source: every running capture is told that it has ended, later frames are dropped. */
    public void end() {
        throw new UnsupportedOperationException();
    }
}
