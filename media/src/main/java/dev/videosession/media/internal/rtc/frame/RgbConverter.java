package dev.videosession.media.internal.rtc.frame;

import dev.onvoid.webrtc.media.FourCC;
import dev.onvoid.webrtc.media.video.VideoBufferConverter;
import dev.onvoid.webrtc.media.video.VideoFrameBuffer;
import dev.videosession.media.feed.VideoFrame;
import java.awt.Rectangle;
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
     * Converts a part of a frame to another size, not turned by its rotation; scaling is native, with a box filter.
     *
     * @param frame what to read; only used during the call
     * @param part what to take of it, in pixels of the frame; position and size even
     * @param pixels gets {@code width * height} ints, row after row, the top byte undefined
     * @param width pixels of the result
     * @param height pixels of the result
     */
    public void toRgb(VideoFrame frame, Rectangle part, int[] pixels, int width, int height) {
        NativeFrame source = NativeFrame.retained(frame);
        try {
            boolean scaling = part.width != width || part.height != height;
            VideoFrameBuffer scaled =
                    source.buffer().cropAndScale(part.x, part.y, part.width, part.height, width, height);
            try {
                reserve(width * height);
                VideoBufferConverter.convertFromI420(scaled, bytes, FourCC.ARGB);
                ints.get(0, pixels, 0, width * height);
            } finally {
                if (scaling) { // without scaling the library gives an uncounted view of the source
                    scaled.release();
                }
            }
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
