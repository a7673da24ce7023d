package dev.videosession.media.probe;

import dev.videosession.media.feed.VideoFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A number and a time in the pixels of a synthetic frame: 16 by 6 black and white blocks, each a twentieth of the frame wide and a
 * fifteenth high, so that they stay readable after compression and scaling.
 *
 * @param number of the frame, from 0, modulo 2^32
 * @param epochMillis when it was drawn, by the wall clock of the producer, in milliseconds since 1970
 */
public record FrameStamp(long number, long epochMillis) {
    private static final int COLUMNS = 20;
    private static final int ROWS = 15;
    private static final int FIRST_COLUMN = 2;
    private static final int FIRST_ROW = 1;
    private static final int BITS_PER_ROW = 16;
    private static final int STAMP_ROWS = 6;
    private static final long NUMBER_MASK = 0xFFFF_FFFFL;
    private static final long TIME_MASK = 0xFFFF_FFFF_FFFFL;
    private static final int BLACK = 16;
    private static final int WHITE = 235;
    private static final int MIDDLE = (BLACK + WHITE) / 2;

    /**
     * Reads the stamp of a frame, also after compression and scaling to half its size. Reads a few hundred pixels only. Any thread.
     *
     * @param frame a frame; only used during the call
     * @return the stamp, or empty if the frame has none or its checksum is wrong
     */
    public static Optional<FrameStamp> read(VideoFrame frame) {
        ByteBuffer luma = frame.planeY();
        int[] words = new int[STAMP_ROWS];
        for (int row = 0; row < STAMP_ROWS; row++) {
            for (int bit = 0; bit < BITS_PER_ROW; bit++) {
                words[row] = words[row] << 1 | (brightness(frame, luma, bit, row) > MIDDLE ? 1 : 0);
            }
        }
        if (checksum(words) != words[STAMP_ROWS - 1]) {
            return Optional.empty();
        }
        long number = (long) words[0] << 16 | words[1];
        long time = (long) words[2] << 32 | (long) words[3] << 16 | words[4];
        return Optional.of(new FrameStamp(number, time));
    }

    /** The average of nine samples around the middle of a block. */
    private static int brightness(VideoFrame frame, ByteBuffer luma, int bit, int row) {
        int sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
            int y = ((FIRST_ROW + row) * 8 + 4 + dy) * frame.height() / (ROWS * 8);
            for (int dx = -1; dx <= 1; dx++) {
                int x = ((FIRST_COLUMN + bit) * 8 + 4 + dx) * frame.width() / (COLUMNS * 8);
                sum += luma.get(y * frame.strideY() + x) & 0xFF;
            }
        }
        return sum / 9;
    }

    /**
     * Draws this stamp into a frame, before it is sent.
     *
     * @param frame of the caller, at least 160x120
     */
    public void write(VideoFrame frame) {
        int[] words = {
            (int) (number >>> 16 & 0xFFFF),
            (int) (number & 0xFFFF),
            (int) (epochMillis >>> 32 & 0xFFFF),
            (int) (epochMillis >>> 16 & 0xFFFF),
            (int) (epochMillis & 0xFFFF),
            0
        };
        words[STAMP_ROWS - 1] = checksum(words);
        ByteBuffer luma = frame.planeY();
        byte[] line = new byte[frame.width() * BITS_PER_ROW / COLUMNS + COLUMNS];
        int left = FIRST_COLUMN * frame.width() / COLUMNS;
        for (int row = 0; row < STAMP_ROWS; row++) {
            int end = left;
            for (int bit = 0; bit < BITS_PER_ROW; bit++) {
                byte shade = (byte) ((words[row] >> (BITS_PER_ROW - 1 - bit) & 1) == 1 ? WHITE : BLACK);
                int start = end;
                end = (FIRST_COLUMN + bit + 1) * frame.width() / COLUMNS;
                Arrays.fill(line, start - left, end - left, shade);
            }
            int bottom = (FIRST_ROW + row + 1) * frame.height() / ROWS;
            for (int y = (FIRST_ROW + row) * frame.height() / ROWS; y < bottom; y++) {
                luma.put(y * frame.strideY() + left, line, 0, end - left);
            }
        }
        grey(frame.planeU(), frame.strideU(), frame);
        grey(frame.planeV(), frame.strideV(), frame);
    }

    private static void grey(ByteBuffer chroma, int stride, VideoFrame frame) {
        int left = FIRST_COLUMN * frame.width() / COLUMNS / 2;
        byte[] line = new byte[(FIRST_COLUMN + BITS_PER_ROW) * frame.width() / COLUMNS / 2 - left];
        Arrays.fill(line, (byte) 128);
        int bottom = (FIRST_ROW + STAMP_ROWS) * frame.height() / ROWS / 2;
        for (int y = FIRST_ROW * frame.height() / ROWS / 2; y < bottom; y++) {
            chroma.put(y * stride + left, line);
        }
    }

    /** CRC-16/CCITT over all words but the last. */
    private static int checksum(int[] words) {
        int crc = 0xFFFF;
        for (int i = 0; i < STAMP_ROWS - 1; i++) {
            crc ^= words[i];
            for (int bit = 0; bit < 16; bit++) {
                crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xFFFF : crc << 1 & 0xFFFF;
            }
        }
        return crc;
    }

    /**
     * Reduces both parts to the bits that a frame can carry.
     *
     * @param number kept modulo 2^32
     * @param epochMillis kept modulo 2^48
     */
    public FrameStamp {
        number &= NUMBER_MASK;
        epochMillis &= TIME_MASK;
    }
}
