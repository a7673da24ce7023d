package dev.videosession.app.routed;

import dev.videosession.testsupport.JavaPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a process of this machine uses, as Linux counts it. */
public record ProcessUse(long pid) {
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TIME = 11; // fields of /proc/PID/stat after the name
    private static final int SYSTEM_TIME = 12;

    /** The generations of the serial collector. */
    private static final Pattern USED = Pattern.compile("generation +total \\d+K, used (\\d+)K");

    /** The media router that a server runs as its child. */
    public static ProcessUse routerOf(long server) {
        return ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::children)
                .filter(child -> child.info().command().orElse("").endsWith("/janus"))
                .findFirst()
                .map(child -> new ProcessUse(child.pid()))
                .orElseThrow(() -> new AssertionError("the server runs no router"));
    }

    /** CPU time since its start. */
    public double cpuSeconds() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])) / TICKS_PER_SECOND;
    }

    public double residentMegabytes() {
        return number("VmRSS:") / 1024.0;
    }

    private long number(String field) {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .sum();
    }

    public long threads() {
        return number("Threads:");
    }

    /** What the heap of a Java process holds after a collection. */
    public double heapMegabytes() {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        return used.results().mapToLong(each -> Long.parseLong(each.group(1))).sum() / 1024.0;
    }

    /** Makes the allocator of a Java process return freed memory; nothing before Java 17.0.9. */
    public void trimNativeHeap() {
        jcmd("System.trim_native_heap");
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(JavaPrograms.tool("jcmd", String.valueOf(pid), command))
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long descriptors() {
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
