package dev.videosession.media.feed;

import java.nio.ByteBuffer;

/**
 * A video frame in I420: a full-size luma plane and two chroma planes of half the width and height (rounded up), 8 bits a sample, BT.601
 * limited range (luma 16 to 235). {@link dev.videosession.media.FrameConverter} converts it to RGB.
 *
 * <p>A frame lives in native memory and counts references. A sink may read a frame until its call returns. To keep it longer, the sink
 * calls {@link #retain()} once, and {@link #release()} once when it no longer needs the frame. Reading a frame after its last release is
 * an error that may end the process. Only the producer of a frame writes to it. Several threads may read it at once.
 */
public interface VideoFrame {
    /** {@return the width of the luma plane in pixels} */
    int width();

    /** {@return the height of the luma plane in pixels} */
    int height();

    /**
     * {@return the clockwise rotation in degrees that makes the frame upright} It is 0, 90, 180 or 270 in frames of this library; a frame
     * of an application may return any multiple of 90.
     */
    int rotation();

    /** {@return the width in pixels after {@link #rotation()} is applied} */
    default int uprightWidth() {
        return rotation() % 180 == 0 ? width() : height();
    }

    /** {@return the height in pixels after {@link #rotation()} is applied} */
    default int uprightHeight() {
        return rotation() % 180 == 0 ? height() : width();
    }

    /** {@return the time of capture in nanoseconds of the producer's monotonic clock; only differences have a meaning} */
    long timestampNanos();

    /** {@return a new view of the luma plane: a direct buffer from position 0, {@code height} rows of {@link #strideY()} bytes} */
    ByteBuffer planeY();

    /**
     * {@return a new view of the blue-difference plane: a direct buffer from position 0, {@code (height + 1) / 2} rows of
     * {@link #strideU()} bytes}
     */
    ByteBuffer planeU();

    /**
     * {@return a new view of the red-difference plane: a direct buffer from position 0, {@code (height + 1) / 2} rows of
     * {@link #strideV()} bytes}
     */
    ByteBuffer planeV();

    /** {@return the bytes from one luma row to the next, at least {@link #width()}} */
    int strideY();

    /** {@return the bytes from one row of {@link #planeU()} to the next, at least {@code (width + 1) / 2}} */
    int strideU();

    /** {@return the bytes from one row of {@link #planeV()} to the next, at least {@code (width + 1) / 2}} */
    int strideV();

    /** Adds a reference, which keeps the frame after the call that delivered it. Each retain needs one {@link #release()}. */
    void retain();

    /** Removes the reference of one {@link #retain()}, or the producer's own. The last release frees the memory. */
    void release();
}
