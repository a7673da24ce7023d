package dev.videosession.benchmark.media;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Figures as they are shown. */
final class Figures {
    private static final double MICROS_PER_MILLI = 1000;

    private Figures() {}

    static String millis(Histogram micros, double percentile) {
        return oneDecimal(micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
    }

    static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String percent(double value) {
        return oneDecimal(value) + " %";
    }
}
