package dev.videosession.media.internal.rtc.frame;

import dev.onvoid.webrtc.media.video.I420Buffer;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.rtc.library.NativeLibrary;
import dev.videosession.media.source.VideoFormat;
import java.nio.ByteBuffer;

/** A frame in native memory that can be handed to an encoder without a copy. */
public final class NativeFrame implements VideoFrame {
    private final dev.onvoid.webrtc.media.video.VideoFrame frame;
    private final I420Buffer buffer;

    private NativeFrame(dev.onvoid.webrtc.media.video.VideoFrame frame, I420Buffer buffer) {
        this.frame = frame;
        this.buffer = buffer;
    }

    /**
     * Takes over a frame; the caller's hold becomes this object's first hold.
     *
     * @param frame from a sink of webrtc-java, which hands each frame over with one hold to give up
     * @return the same picture
     */
    public static NativeFrame of(dev.onvoid.webrtc.media.video.VideoFrame frame) {
        return new NativeFrame(frame, frame.buffer.toI420());
    }

    /**
     * A new frame of undefined content with one hold.
     *
     * @param width pixels
     * @param height pixels
     * @param timestampNanos when it was taken
     * @return the frame, to be filled before anybody else sees it
     * @throws IllegalArgumentException for a size that no encoder carries
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
     * A black frame with one hold.
     *
     * @param width pixels
     * @param height pixels
     * @param timestampNanos when it was taken
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
     * A frame an encoder can take. Its rotation is 0, 90, 180 or 270 degrees: -90 becomes 270, 450 becomes 90.
     *
     * @param frame any frame
     * @return the frame itself with one more hold, or a native copy with one hold
     * @throws IllegalArgumentException for a size that no encoder carries, or a rotation that is no multiple of 90 degrees
     */
    public static NativeFrame retained(VideoFrame frame) {
        if (frame instanceof NativeFrame own) {
            own.retain();
            return own;
        }
        int rotation = uprightRotation(frame.rotation());
        NativeFrame copy = allocate(frame.width(), frame.height(), frame.timestampNanos());
        try {
            Planes.copy(frame, copy);
        } catch (RuntimeException | Error e) {
            copy.release();
            throw e;
        }
        return new NativeFrame(
                new dev.onvoid.webrtc.media.video.VideoFrame(copy.buffer, rotation, frame.timestampNanos()),
                copy.buffer);
    }

    private static int uprightRotation(int degrees) {
        if (degrees % 90 != 0) {
            throw new IllegalArgumentException(
                    "The rotation of a frame must be a multiple of 90 degrees, not " + degrees + ".");
        }
        return Math.floorMod(degrees, 360);
    }

    /**
     * What webrtc-java calls this frame.
     *
     * @return the same picture, valid as long as this one
     */
    public dev.onvoid.webrtc.media.video.VideoFrame raw() {
        return frame;
    }

    /**
     * The planes for a native converter.
     *
     * @return the same memory, valid as long as this frame
     */
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
