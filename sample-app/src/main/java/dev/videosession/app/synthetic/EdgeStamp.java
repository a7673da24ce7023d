package dev.videosession.app.synthetic;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.probe.FrameStamp;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A {@link FrameStamp} in a strip at the upper edge of a frame: two rows of 48 black and white blocks over its whole width, each row a
 * ninetieth of its height. A viewer hardly notices it; {@link #read} finds it after compression and scaling to half the size.
 */
public final class EdgeStamp {
    private static final int COLUMNS = 48;
    private static final int ROWS = 2;
    private static final int ROWS_PER_FRAME = 90;
    private static final int TIME_BITS = 48;
    private static final int WHITE = 0xE0E0E0;
    private static final int MIDDLE = 120;
    private static final long TIME_MASK = (1L << TIME_BITS) - 1;

    private EdgeStamp() {}

    /**
     * Writes a stamp.
     *
     * @param image at least 160x90
     * @param stamp number and time
     */
    public static void write(BufferedImage image, FrameStamp stamp) {
        long[] rows = {stamp.epochMillis() & TIME_MASK, stamp.number() << 16 | checksum(stamp)};
        for (int row = 0; row < ROWS; row++) {
            int bottom = top(row + 1, image.getHeight());
            for (int y = top(row, image.getHeight()); y < bottom; y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    int bit = COLUMNS - 1 - x * COLUMNS / image.getWidth();
                    image.setRGB(x, y, (rows[row] >> bit & 1) == 1 ? WHITE : 0);
                }
            }
        }
    }

    /**
     * Reads the stamp of a frame. Any thread.
     *
     * @param frame only used during the call
     * @return the stamp, or empty if the frame has none or its checksum is wrong
     */
    public static Optional<FrameStamp> read(VideoFrame frame) {
        long time = bits(frame, 0);
        long second = bits(frame, 1);
        FrameStamp stamp = new FrameStamp(second >>> 16, time);
        return checksum(stamp) == (second & 0xFFFF) ? Optional.of(stamp) : Optional.empty();
    }

    private static long bits(VideoFrame frame, int row) {
        ByteBuffer luma = frame.planeY();
        int y = (top(row, frame.height()) + top(row + 1, frame.height())) / 2;
        long bits = 0;
        for (int column = 0; column < COLUMNS; column++) {
            int x = (2 * column + 1) * frame.width() / (2 * COLUMNS);
            int at = y * frame.strideY() + x;
            int shade = ((luma.get(at - 1) & 0xFF) + (luma.get(at) & 0xFF) + (luma.get(at + 1) & 0xFF)) / 3;
            bits = bits << 1 | (shade > MIDDLE ? 1 : 0);
        }
        return bits;
    }

    private static int top(int row, int height) {
        return row * height / ROWS_PER_FRAME;
    }

    private static long checksum(FrameStamp stamp) {
        CRC32 crc = new CRC32();
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(stamp.number()).putLong(stamp.epochMillis()).flip();
        crc.update(bytes);
        return crc.getValue() & 0xFFFF;
    }
}
