package dev.videosession.media;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import dev.videosession.media.source.VideoFormat;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.nio.ByteBuffer;

/**
 * Converts video frames to RGB pixels, fast enough for every frame of a live stream. {@code VideoView} uses the same code.
 *
 * <pre>{@code
 * FrameConverter converter = new FrameConverter();
 * subscriber.video().addSink(frame -> {
 *     int[] pixels = new int[frame.uprightWidth() * frame.uprightHeight()];
 *     converter.toArgb(frame, pixels);
 *     System.out.printf("center: %06x%n", pixels[pixels.length / 2] & 0xFFFFFF);
 * });
 * }</pre>
 *
 * <p>Results are upright: the {@linkplain VideoFrame#rotation() rotation} of the frame is applied, so a result is {@link
 * VideoFrame#uprightWidth()} pixels wide and {@link VideoFrame#uprightHeight()} pixels high. Alpha is always 255. Frames with a
 * rotation other than 0 take longer, as their pixels are rotated after the conversion.
 *
 * <p>Any thread may convert, but one at a time; the usual place is a {@link dev.videosession.media.feed.VideoSink}, with one
 * converter for each sink. A call reads the frame until it returns and keeps nothing of it. A frame that a sink has retained can be
 * converted after the link, source or engine that it came from is closed. A frame after its last release cannot.
 *
 * <p>A converter keeps memory of about the size of a result for the next frame. It needs no closing.
 */
public final class FrameConverter {
    private final RgbConverter converter = new RgbConverter();

    /** Creates a converter. It allocates memory when it is first used. */
    public FrameConverter() {}

    /**
     * Converts a frame to ints without gaps between rows, the layout of {@link java.awt.image.BufferedImage#TYPE_INT_RGB} and
     * {@link java.awt.image.BufferedImage#TYPE_INT_ARGB}.
     *
     * @param frame the frame
     * @param pixels gets one int {@code 0xFFRRGGBB} for each pixel, row after row from the top, each row from the left; may be longer
     * @throws IllegalArgumentException if the array is too short, the frame has a side of more than 16,383 pixels, or its rotation
     *     is no multiple of 90 degrees; nothing is written
     * @throws MediaUnavailableException if the native library cannot be loaded
     */
    public void toArgb(VideoFrame frame, int[] pixels) {
        toArgb(frame, pixels, 0, frame.uprightWidth());
    }

    /**
     * Converts a frame to ints in a part of an array.
     *
     * @param frame the frame
     * @param pixels gets one int {@code 0xFFRRGGBB} for each pixel; what is between the rows is not written
     * @param offset index of the pixel at the upper left
     * @param stride ints from one row to the next, at least the upright width
     * @throws IllegalArgumentException if the stride is less than the width, the array is too short, the frame has a side of more
     *     than 16,383 pixels, or its rotation is no multiple of 90 degrees; nothing is written
     * @throws MediaUnavailableException if the native library cannot be loaded
     */
    public void toArgb(VideoFrame frame, int[] pixels, int offset, int stride) {
        Dimension size = new Dimension(frame.uprightWidth(), frame.uprightHeight());
        requireRoom("ints", size.width, size.height, stride, offset, pixels.length);
        Rectangle whole = new Rectangle(frame.width(), frame.height());
        converter.toArgb(frame, whole, size, pixels, offset, stride);
    }

    /**
     * Converts a frame to bytes without gaps between rows. If the rotation of the frame is 0, nothing is copied on the way.
     *
     * @param frame the frame
     * @param bytes a direct buffer that gets four bytes for each pixel, blue, green, red, 255, row after row from the top, each row
     *     from the left. They are written from the buffer's position on; position, limit and byte order do not change
     * @throws IllegalArgumentException if the buffer is not direct, read-only or has less remaining than the result needs, the frame
     *     has a side of more than 16,383 pixels, or its rotation is no multiple of 90 degrees; nothing is written
     * @throws MediaUnavailableException if the native library cannot be loaded
     */
    public void toBgra(VideoFrame frame, ByteBuffer bytes) {
        toBgra(frame, bytes, Integer.BYTES * frame.uprightWidth());
    }

    /**
     * Converts a frame to bytes with gaps between rows.
     *
     * @param frame the frame
     * @param bytes as for {@link #toBgra(VideoFrame, ByteBuffer)}; what is between the rows is not written
     * @param stride bytes from one row to the next: a multiple of 4, at least four times the upright width
     * @throws IllegalArgumentException if the stride does not fit, and as for {@link #toBgra(VideoFrame, ByteBuffer)}
     * @throws MediaUnavailableException if the native library cannot be loaded
     */
    public void toBgra(VideoFrame frame, ByteBuffer bytes, int stride) {
        toBgra(frame, new Dimension(frame.uprightWidth(), frame.uprightHeight()), bytes, stride);
    }

    /**
     * Converts a frame to bytes of another size, without gaps between rows. A smaller result takes less time than one of the
     * frame's own size.
     *
     * @param frame the frame
     * @param width width of the upright result in pixels, 1 to 16,383; the whole frame is scaled to it
     * @param height height of the upright result in pixels, 1 to 16,383
     * @param bytes as for {@link #toBgra(VideoFrame, ByteBuffer)}
     * @throws IllegalArgumentException if the width or the height is out of range, and as for {@link #toBgra(VideoFrame, ByteBuffer)}
     * @throws MediaUnavailableException if the native library cannot be loaded
     */
    public void toBgra(VideoFrame frame, int width, int height, ByteBuffer bytes) {
        if (width < 1 || height < 1 || Math.max(width, height) > VideoFormat.LONGEST_SIDE) {
            throw new IllegalArgumentException("The result must have sides of 1 to " + VideoFormat.LONGEST_SIDE
                    + " pixels, not " + width + "x" + height + ".");
        }
        toBgra(frame, new Dimension(width, height), bytes, Integer.BYTES * width);
    }

    private void toBgra(VideoFrame frame, Dimension size, ByteBuffer bytes, int stride) {
        if (!bytes.isDirect() || bytes.isReadOnly()) {
            throw new IllegalArgumentException(
                    "The buffer must be direct and writable. Allocate it with ByteBuffer.allocateDirect, or use toArgb.");
        }
        if (stride % Integer.BYTES != 0) {
            throw new IllegalArgumentException("The stride must be a multiple of 4 bytes, not " + stride + ".");
        }
        requireRoom("bytes", Integer.BYTES * size.width, size.height, stride, 0, bytes.remaining());
        converter.toBgra(frame, size, bytes.slice(), stride);
    }

    private static void requireRoom(String unit, int width, int height, int stride, int offset, int length) {
        if (stride < width) {
            throw new IllegalArgumentException(
                    "The stride must be at least the width of a row, " + width + " " + unit + ", not " + stride + ".");
        }
        long needed = offset + (long) stride * (height - 1) + width;
        if (offset < 0 || needed > length) {
            throw new IllegalArgumentException("The frame needs " + needed + " " + unit + " from offset " + offset
                    + " on, but there are " + length + ".");
        }
    }
}
