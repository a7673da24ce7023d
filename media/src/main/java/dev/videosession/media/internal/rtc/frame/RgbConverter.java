package dev.videosession.media.internal.rtc.frame;

import dev.onvoid.webrtc.media.FourCC;
import dev.onvoid.webrtc.media.video.VideoBufferConverter;
import dev.onvoid.webrtc.media.video.VideoFrameBuffer;
import dev.videosession.media.feed.VideoFrame;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;

/**
 * Converts between frames and RGB pixels with native code. A pixel is an int {@code 0xFFRRGGBB}, in memory the bytes blue, green,
 * red, 255. Keeps one direct buffer, which is replaced if it is too small or more than four times too large, so that a window that is
 * being resized costs few allocations. One thread at a time.
 */
public final class RgbConverter {
    /** Rows that are rotated together, so that neighbouring pixels are written together. */
    private static final int ROTATED_ROWS = 16;

    private static final int MOST_UNUSED = 4;

    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private ByteBuffer bytes = memory;
    private IntBuffer ints = bytes.asIntBuffer();
    private int[] rows = new int[0];
    private final int[] run = new int[ROTATED_ROWS];

    /** Allocates no buffer yet. */
    public RgbConverter() {}

    private void reserve(int pixels) {
        if (ints.capacity() == pixels) {
            return;
        }
        int length = Math.multiplyExact(pixels, Integer.BYTES);
        if (memory.capacity() < length || memory.capacity() / MOST_UNUSED > length) {
            boolean grows = memory.capacity() > 0 && memory.capacity() < length;
            memory = ByteBuffer.allocateDirect(grows ? Math.addExact(length, length / 4) : length);
        }
        bytes = memory.slice(0, length).order(ByteOrder.LITTLE_ENDIAN);
        ints = bytes.asIntBuffer();
    }

    /**
     * Converts a part of a frame to upright pixels of another size. Scaling is native, with a box filter.
     *
     * @param frame what to read; used during the call only
     * @param part what to take of it, in pixels of the frame before it is rotated: the whole frame, or position and size even
     * @param size of the upright result
     * @param pixels gets the result, row after row
     * @param offset index of the first pixel
     * @param stride ints from row to row, at least the width of the result
     */
    public void toArgb(VideoFrame frame, Rectangle part, Dimension size, int[] pixels, int offset, int stride) {
        NativeFrame source = NativeFrame.retained(frame);
        try {
            boolean sideways = source.rotation() % 180 != 0;
            int width = sideways ? size.height : size.width;
            int height = sideways ? size.width : size.height;
            reserve(width * height);
            convert(source, part, width, height, bytes);
            if (source.rotation() == 0 && stride == width) {
                ints.get(0, pixels, offset, width * height);
            } else {
                rotate(source.rotation(), width, height, IntBuffer.wrap(pixels), offset, stride);
            }
        } finally {
            source.release();
        }
    }

    /**
     * Converts a frame to upright pixels of another size.
     *
     * @param frame what to read; used during the call only
     * @param size of the upright result
     * @param target a direct buffer that gets the result, row after row, from its byte 0 on
     * @param stride bytes from row to row: a multiple of 4, at least four times the width of the result
     */
    public void toBgra(VideoFrame frame, Dimension size, ByteBuffer target, int stride) {
        NativeFrame source = NativeFrame.retained(frame);
        try {
            boolean sideways = source.rotation() % 180 != 0;
            int width = sideways ? size.height : size.width;
            int height = sideways ? size.width : size.height;
            Rectangle whole = new Rectangle(source.width(), source.height());
            if (source.rotation() == 0 && stride == width * Integer.BYTES) {
                convert(source, whole, width, height, target);
            } else {
                reserve(width * height);
                convert(source, whole, width, height, bytes);
                IntBuffer pixels =
                        target.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
                rotate(source.rotation(), width, height, pixels, 0, stride / Integer.BYTES);
            }
        } finally {
            source.release();
        }
    }

    /** Converts without rotation and without gaps between rows. */
    private static void convert(NativeFrame source, Rectangle part, int width, int height, ByteBuffer target) {
        try {
            boolean scaling = part.width != width || part.height != height;
            VideoFrameBuffer scaled =
                    source.buffer().cropAndScale(part.x, part.y, part.width, part.height, width, height);
            try {
                VideoBufferConverter.convertFromI420(scaled, target, FourCC.ARGB);
            } finally {
                if (scaling) { // without scaling the library gives an uncounted view of the source
                    scaled.release();
                }
            }
        } catch (Exception e) { // declared by the native converter
            throw new IllegalStateException("The frame cannot be converted to RGB (" + e.getMessage() + ").", e);
        }
    }

    /** Rotates the converted pixels clockwise into the target, which has a stride in ints. */
    private void rotate(int rotation, int width, int height, IntBuffer target, int offset, int stride) {
        if (rows.length < ROTATED_ROWS * width) {
            rows = new int[ROTATED_ROWS * width];
        }
        for (int y = 0; y < height; y += ROTATED_ROWS) {
            int count = Math.min(ROTATED_ROWS, height - y);
            ints.get(y * width, rows, 0, count * width);
            switch (rotation) {
                case 90 -> rotateRight(width, count, target, offset + height - y - count, stride);
                case 180 -> rotateHalf(width, count, target, offset + (height - y - count) * stride, stride);
                case 270 -> rotateLeft(width, count, target, offset + y, stride);
                default -> copy(width, count, target, offset + y * stride, stride);
            }
        }
    }

    private void copy(int width, int count, IntBuffer target, int at, int stride) {
        for (int row = 0; row < count; row++) {
            target.put(at + row * stride, rows, row * width, width);
        }
    }

    private void rotateHalf(int width, int count, IntBuffer target, int at, int stride) {
        for (int left = 0, right = count * width - 1; left < right; left++, right--) {
            int pixel = rows[left];
            rows[left] = rows[right];
            rows[right] = pixel;
        }
        copy(width, count, target, at, stride);
    }

    private void rotateRight(int width, int count, IntBuffer target, int at, int stride) {
        for (int x = 0; x < width; x++) {
            for (int row = 0; row < count; row++) {
                run[row] = rows[(count - 1 - row) * width + x];
            }
            target.put(at + x * stride, run, 0, count);
        }
    }

    private void rotateLeft(int width, int count, IntBuffer target, int at, int stride) {
        for (int x = 0; x < width; x++) {
            for (int row = 0; row < count; row++) {
                run[row] = rows[row * width + x];
            }
            target.put(at + (width - 1 - x) * stride, run, 0, count);
        }
    }

    /**
     * Converts pixels to a frame.
     *
     * @param pixels as many ints as the frame has pixels, row after row; the top byte is ignored
     * @param frame gets them
     */
    public void toFrame(int[] pixels, NativeFrame frame) {
        int count = frame.width() * frame.height();
        try {
            reserve(count);
            ints.put(0, pixels, 0, count);
            VideoBufferConverter.convertToI420(bytes, frame.buffer(), FourCC.ARGB);
        } catch (Exception e) { // declared by the native converter
            throw new IllegalStateException("The pixels cannot be converted to a frame (" + e.getMessage() + ").", e);
        }
    }
}
