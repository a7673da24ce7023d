package dev.videosession.media.rtc;

import dev.onvoid.webrtc.media.FourCC;
import dev.onvoid.webrtc.media.video.VideoBufferConverter;
import dev.videosession.media.feed.VideoFrame;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Converts between frames and {@code 0xRRGGBB} pixels with native code through one direct buffer that is reused while the
 * size stays. One thread at a time.
 */
public final class RgbConverter {
    private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
    private IntBuffer ints = bytes.asIntBuffer();

    /** A converter without a buffer yet. */
    public RgbConverter() {}

    private void reserve(int pixels) {
        if (bytes.capacity() != pixels * Integer.BYTES) {
            bytes = ByteBuffer.allocateDirect(pixels * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            ints = bytes.asIntBuffer();
        }
    }

    /**
     * Converts a frame, not turned by its rotation.
     *
     * @param frame what to read; only used during the call
     * @param pixels gets {@code width * height} ints, row after row, the top byte undefined
     */
    public void toRgb(VideoFrame frame, int[] pixels) {
        int count = frame.width() * frame.height();
        NativeFrame source = NativeFrame.retained(frame);
        try {
            reserve(count);
            VideoBufferConverter.convertFromI420(source.buffer(), bytes, FourCC.ARGB);
            ints.get(0, pixels, 0, count);
        } catch (Exception e) { // declared by the native converter
            throw new IllegalStateException("The frame could not be converted to RGB", e);
        } finally {
            source.release();
        }
    }

    /**
     * Fills a frame.
     *
     * @param pixels {@code width * height} ints, row after row, the top byte ignored
     * @param frame what to write
     */
    public void toFrame(int[] pixels, NativeFrame frame) {
        int count = frame.width() * frame.height();
        try {
            reserve(count);
            ints.put(0, pixels, 0, count);
            VideoBufferConverter.convertToI420(bytes, frame.buffer(), FourCC.ARGB);
        } catch (Exception e) { // declared by the native converter
            throw new IllegalStateException("The pixels could not be converted to a frame", e);
        }
    }
}
