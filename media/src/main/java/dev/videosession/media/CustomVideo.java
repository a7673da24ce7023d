package dev.videosession.media;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.capture.RunningCaptures;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.internal.rtc.frame.Planes;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.nio.ByteBuffer;

/**
 * A source that the application pushes frames into. Frames that are pushed while no capture runs are dropped. Any thread may push, one at
 * a time; a push returns when all sinks have returned. Frames may change their size at any time.
 */
public final class CustomVideo implements VideoSource {
    private final VideoFormat format;
    private final Kind kind;
    private final TimeSource time;
    private final RgbConverter converter = new RgbConverter();
    private final RunningCaptures<VideoSink> captures = new RunningCaptures<>();

    CustomVideo(VideoFormat format, Kind kind, TimeSource time) {
        this.format = format;
        this.kind = kind;
        this.time = time;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public VideoFormat format() {
        return format;
    }

    /** {@inheritDoc} If the source has ended, {@code ended} is called at once. */
    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        return captures.add(sink, ended);
    }

    /**
     * Allocates a frame that is sent without a copy: write its planes, {@link #push(VideoFrame)} it, then release it.
     *
     * @param width pixels, 1 to 16383
     * @param height pixels, 1 to 16383
     * @return a frame with undefined content, which the caller must {@linkplain VideoFrame#release() release}
     */
    public VideoFrame newFrame(int width, int height) {
        return NativeFrame.allocate(width, height, time.nanos());
    }

    /**
     * Sends a frame: one from {@link #newFrame}, one of a feed, or one of the application's own class, which is copied. The caller
     * still has to release it. Its planes must not be written again.
     *
     * @param frame the frame; its rotation may be any multiple of 90 degrees: -90 counts as 270, 450 as 90
     * @throws IllegalArgumentException if the rotation is no multiple of 90 degrees, or a side is longer than 16383 pixels
     */
    public void push(VideoFrame frame) {
        NativeFrame sent = NativeFrame.retained(frame);
        try {
            captures.each(sink -> sink.onFrame(sent));
        } finally {
            sent.release();
        }
    }

    /**
     * Copies I420 planes into a frame and sends it.
     *
     * @param y luma, {@code height} rows of {@code strideY} bytes from the buffer's position 0
     * @param strideY bytes from row to row
     * @param u blue difference, half the width and height, rounded up
     * @param strideU bytes from row to row
     * @param v red difference, half the width and height, rounded up
     * @param strideV bytes from row to row
     * @param width pixels, 1 to 16383
     * @param height pixels, 1 to 16383
     */
    public void pushI420(
            ByteBuffer y, int strideY, ByteBuffer u, int strideU, ByteBuffer v, int strideV, int width, int height) {
        NativeFrame frame = NativeFrame.allocate(width, height, time.nanos());
        try {
            Planes.copy(y, strideY, frame.planeY(), frame.strideY(), width, height);
            int chromaWidth = (width + 1) / 2;
            int chromaHeight = (height + 1) / 2;
            Planes.copy(u, strideU, frame.planeU(), frame.strideU(), chromaWidth, chromaHeight);
            Planes.copy(v, strideV, frame.planeV(), frame.strideV(), chromaWidth, chromaHeight);
            push(frame);
        } finally {
            frame.release();
        }
    }

    /**
     * Converts RGB pixels to a frame and sends it.
     *
     * @param pixels one int a pixel, {@code 0xRRGGBB} with the top byte ignored, row after row
     * @param width pixels, 1 to 16383
     * @param height pixels, 1 to 16383
     */
    public void pushRgb(int[] pixels, int width, int height) {
        NativeFrame frame = NativeFrame.allocate(width, height, time.nanos());
        try {
            converter.toFrame(pixels, frame);
            push(frame);
        } finally {
            frame.release();
        }
    }

    /**
     * Converts an image to a frame and sends it; fastest for {@link BufferedImage#TYPE_INT_RGB} and TYPE_INT_ARGB.
     *
     * @param image the image
     */
    public void pushImage(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getRaster().getDataBuffer() instanceof DataBufferInt ints
                && ints.getSize() == width * height
                && (image.getType() == BufferedImage.TYPE_INT_RGB || image.getType() == BufferedImage.TYPE_INT_ARGB)) {
            pushRgb(ints.getData(), width, height);
        } else {
            pushRgb(image.getRGB(0, 0, width, height, null, 0, width), width, height);
        }
    }

    /** Ends the source: running captures end, and later frames are dropped. */
    public void end() {
        captures.end();
    }
}
