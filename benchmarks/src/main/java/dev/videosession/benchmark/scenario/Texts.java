package dev.videosession.benchmark.scenario;

import java.util.Locale;

/** Figures as they are shown. */
final class Texts {
    private Texts() {}

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    static String oneDecimal(double value) {
        return String.format(Locale.ROOT, "%,.1f", value);
    }

    /** CPU of the server and the load generator, in percent of one core. */
    static String cpu(CpuUse.Sample sample) {
        return sample.serverPercent() + " + " + sample.generatorPercent() + " %";
    }
}
