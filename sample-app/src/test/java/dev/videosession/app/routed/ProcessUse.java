package dev.videosession.app.routed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process of this machine uses, as Linux counts it. */
record ProcessUse(long pid) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11; // fields of /proc/PID/stat after the name
    private static final int SYSTEM_TIME = 12;

    /** The media router that a server runs as its child. */
    static ProcessUse routerOf(long server) {
        return ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().command().orElse("").endsWith("/janus"))
                .findFirst()
                .map(child -> new ProcessUse(child.pid()))
                .orElseThrow(() -> new AssertionError("the server runs no router"));
    }

    /** CPU time since its start. */
    double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    double residentMegabytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
                .sum();
    }

    long descriptors() {
        try (Stream<Path> open = Files.list(directory().resolve("fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(directory().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path directory() {
        return Path.of("/proc", String.valueOf(pid));
    }
}
