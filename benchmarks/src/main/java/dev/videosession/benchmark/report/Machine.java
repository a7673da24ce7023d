package dev.videosession.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** Where and when figures were measured. */
public final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    /**
     * Describes the machine.
     *
     * @param command that repeats the measurement
     * @param versions of the servers
     * @return a paragraph for the head of a report
     */
    public static String heading(String command, List<String> versions) {
        return "`" + command + "`, " + OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES) + ", "
                + Runtime.getRuntime().availableProcessors() + " cores (" + cpu() + "), load average " + load() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + System.getProperty("java.version") + "; " + String.join(", ", versions) + ".\n\n";
    }

    private static String cpu() {
        return line(CPU)
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .limit(1)
                .collect(Collectors.joining());
    }

    private static String load() {
        return line(LOAD).split(" ", 2)[0];
    }

    private static String line(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
