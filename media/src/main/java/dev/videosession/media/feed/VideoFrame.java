package dev.videosession.media.feed;

import java.nio.ByteBuffer;

/**
 * One picture in I420: a full-size luma plane and two chroma planes of half the width and height (rounded up), 8 bits a
 * sample, BT.601 limited range (luma 16 to 235).
 *
 * <p>A frame lives in native memory and is counted. A sink that got a frame may read it until the call returns; to keep
 * it longer it calls {@link #retain()} once and {@link #release()} once when done. Reading a frame after its last
 * release is an error that may end the process. Frames are read-only for everybody but their producer; reading from
 * several threads is fine.
 */
public interface VideoFrame {
    /**
     * Width of the luma plane.
     *
     * @return pixels
     */
    int width();

    /**
     * Height of the luma plane.
     *
     * @return pixels
     */
    int height();

    /**
     * How far the picture must be turned clockwise to stand upright.
     *
     * @return 0, 90, 180 or 270 degrees in frames of this library; a frame of an application may return any multiple of 90
     */
    int rotation();

    /** {@return the width in pixels after the frame is turned upright} */
    default int uprightWidth() {
        return rotation() % 180 == 0 ? width() : height();
    }

    /** {@return the height in pixels after the frame is turned upright} */
    default int uprightHeight() {
        return rotation() % 180 == 0 ? height() : width();
    }

    /**
     * When the picture was taken, on the producer's monotonic clock: differences mean something, the value does not.
     *
     * @return nanoseconds
     */
    long timestampNanos();

    /**
     * The luma plane: a direct buffer from position 0, {@link #strideY()} bytes a row. Each call gives a new view.
     *
     * @return {@code height} rows
     */
    ByteBuffer planeY();

    /**
     * The blue-difference plane: a direct buffer from position 0, {@link #strideU()} bytes a row.
     *
     * @return {@code (height + 1) / 2} rows
     */
    ByteBuffer planeU();

    /**
     * The red-difference plane: a direct buffer from position 0, {@link #strideV()} bytes a row.
     *
     * @return {@code (height + 1) / 2} rows
     */
    ByteBuffer planeV();

    /**
     * Bytes from one luma row to the next.
     *
     * @return at least {@link #width()}
     */
    int strideY();

    /**
     * Bytes from one row of {@link #planeU()} to the next.
     *
     * @return at least {@code (width + 1) / 2}
     */
    int strideU();

    /**
     * Bytes from one row of {@link #planeV()} to the next.
     *
     * @return at least {@code (width + 1) / 2}
     */
    int strideV();

    /** Keeps the frame beyond the call that handed it over; each retain needs one {@link #release()}. */
    void retain();

    /** Gives up one {@link #retain()}, or the producer's own hold; the last one frees the memory. */
    void release();
}
