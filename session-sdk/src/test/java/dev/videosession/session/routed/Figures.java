package dev.videosession.session.routed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Measured values: their percentiles, and a file that keeps a line for each run. */
final class Figures {
    private Figures() {}

    /** The value that a share of all values does not exceed. */
    static long percentile(List<Long> values, double share) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }

    static String summary(List<Long> values) {
        return "p50 " + percentile(values, 0.5) + ", p95 " + percentile(values, 0.95) + ", max " + percentile(values, 1)
                + " ms of " + values.size();
    }

    /** Prints a line and adds it to target/figures.txt. */
    static void report(String line) {
        System.out.println(line);
        try {
            Files.writeString(
                    Path.of("target", "figures.txt"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
