package dev.videosession.media.internal.rtc.frame;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import dev.videosession.media.source.VideoFormat;
import java.nio.ByteBuffer;

/** A frame in native memory, which an encoder reads without a copy. */
public final class NativeFrame implements VideoFrame {
    private final dev.onvoid.webrtc.media.video.VideoFrame frame;
    private final I420Buffer buffer;

    private NativeFrame(dev.onvoid.webrtc.media.video.VideoFrame frame, I420Buffer buffer) {
        this.frame = frame;
        this.buffer = buffer;
    }

    /**
     * Wraps a native frame, with the reference of the caller.
     *
     * @param frame from a sink of webrtc-java, which delivers each frame with one reference to release
     * @return the same frame
     */
    public static NativeFrame of(dev.onvoid.webrtc.media.video.VideoFrame frame) {
        return new NativeFrame(frame, frame.buffer.toI420());
    }

    /**
     * Allocates a frame with undefined content and one reference.
     *
     * @param width pixels
     * @param height pixels
     * @param timestampNanos time of capture
     * @return the frame, to be filled before it is sent
     * @throws IllegalArgumentException if the size cannot be encoded
     */
    public static NativeFrame allocate(int width, int height, long timestampNanos) {
        if (width < 1 || width > VideoFormat.LONGEST_SIDE || height < 1 || height > VideoFormat.LONGEST_SIDE) {
            throw new IllegalArgumentException("A frame must be 1 to " + VideoFormat.LONGEST_SIDE
                    + " pixels wide and high, not " + width + "x" + height + ".");
        }
        NativeLibrary.load();
        NativeI420Buffer buffer = NativeI420Buffer.allocate(width, height);
        return new NativeFrame(new dev.onvoid.webrtc.media.video.VideoFrame(buffer, 0, timestampNanos), buffer);
    }

    /**
     * Allocates a black frame with one reference.
     *
     * @param width pixels
     * @param height pixels
     * @param timestampNanos time of capture
     * @return the frame
     */
    public static NativeFrame black(int width, int height, long timestampNanos) {
        NativeFrame frame = allocate(width, height, timestampNanos);
        Planes.fill(frame.planeY(), (byte) 16);
        Planes.fill(frame.planeU(), (byte) 128);
        Planes.fill(frame.planeV(), (byte) 128);
        return frame;
    }

    /**
     * Makes a frame that can be encoded. Its rotation is 0, 90, 180 or 270 degrees: -90 becomes 270, 450 becomes 90.
     *
     * @param frame any frame
     * @return the frame itself with one more reference, or a native copy with one reference
     * @throws IllegalArgumentException if the size cannot be encoded, or the rotation is no multiple of 90 degrees
     */
    public static NativeFrame retained(VideoFrame frame) {
        if (frame instanceof NativeFrame own) {
            own.retain();
            return own;
        }
        int rotation = uprightRotation(frame.rotation());
        NativeFrame copy = allocate(frame.width(), frame.height(), frame.timestampNanos());
        try {
            Planes.copyPart(frame, copy);
        } catch (RuntimeException | Error e) {
            copy.release();
            throw e;
        }
        return new NativeFrame(
                new dev.onvoid.webrtc.media.video.VideoFrame(copy.buffer, rotation, frame.timestampNanos()),
                copy.buffer);
    }

    /**
     * Cuts columns off at the right and rows off at the bottom so that width and height are multiples of a divisor.
     *
     * @param divisor at least 1, at most width and height
     * @return this frame with one more reference if nothing is to be cut off, or a copy with one reference
     */
    public NativeFrame cropped(int divisor) {
        int width = width() - width() % divisor;
        int height = height() - height() % divisor;
        if (width == width() && height == height()) {
            retain();
            return this;
        }
        NativeFrame copy = allocate(width, height, timestampNanos());
        Planes.copyPart(this, copy);
        return new NativeFrame(
                new dev.onvoid.webrtc.media.video.VideoFrame(copy.buffer, rotation(), timestampNanos()), copy.buffer);
    }

    private static int uprightRotation(int degrees) {
        if (degrees % 90 != 0) {
            throw new IllegalArgumentException(
                    "The rotation of a frame must be a multiple of 90 degrees, not " + degrees + ".");
        }
        return Math.floorMod(degrees, 360);
    }

    /** {@return the native frame, valid as long as this frame} */
    public dev.onvoid.webrtc.media.video.VideoFrame raw() {
        return frame;
    }

    /** {@return the native planes, valid as long as this frame} */
    public I420Buffer buffer() {
        return buffer;
    }

    @Override
    public int width() {
        return buffer.getWidth();
    }

    @Override
    public int height() {
        return buffer.getHeight();
    }

    @Override
    public int rotation() {
        return Math.floorMod(frame.rotation, 360);
    }

    @Override
    public long timestampNanos() {
        return frame.timestampNs;
    }

    @Override
    public ByteBuffer planeY() {
        return buffer.getDataY();
    }

    @Override
    public ByteBuffer planeU() {
        return buffer.getDataU();
    }

    @Override
    public ByteBuffer planeV() {
        return buffer.getDataV();
    }

    @Override
    public int strideY() {
        return buffer.getStrideY();
    }

    @Override
    public int strideU() {
        return buffer.getStrideU();
    }

    @Override
    public int strideV() {
        return buffer.getStrideV();
    }

    @Override
    public void retain() {
        buffer.retain();
    }

    @Override
    public void release() {
        buffer.release();
    }
}
