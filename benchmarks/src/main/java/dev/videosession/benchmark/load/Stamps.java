package dev.videosession.benchmark.load;

import dev.videosession.benchmark.dialect.Dialect;
import java.nio.ByteBuffer;

/** The time at which a message is due to be sent, at the end of its text. */
public final class Stamps {
    private static final int DECIMAL = 10;
    private static final String FILLING = "x".repeat(Dialect.TEXT_LENGTH - Dialect.STAMP_LENGTH);

    private Stamps() {}

    /**
     * Makes the text of a message.
     *
     * @param nanos the time, of {@link System#nanoTime()}
     * @return {@link Dialect#TEXT_LENGTH} characters
     */
    public static String text(long nanos) {
        String digits = Long.toString(nanos);
        return FILLING + "0".repeat(Dialect.STAMP_LENGTH - digits.length()) + digits;
    }

    /**
     * Reads the time at which a message was due to be sent.
     *
     * @param buffer has the message
     * @param end behind its last byte
     * @return the time, of {@link System#nanoTime()}
     */
    public static long read(ByteBuffer buffer, int end) {
        int last = end - Dialect.TAIL_LENGTH;
        long nanos = 0;
        for (int at = last - Dialect.STAMP_LENGTH; at < last; at++) {
            nanos = nanos * DECIMAL + buffer.get(at) - '0';
        }
        return nanos;
    }
}
