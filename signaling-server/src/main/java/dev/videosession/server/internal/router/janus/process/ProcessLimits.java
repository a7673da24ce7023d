package dev.videosession.server.internal.router.janus.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the system permits to this process and the processes that it starts.
 *
 * @param softDescriptors open files now
 * @param descriptors open files at most: the process may raise its limit to this
 * @param threads threads
 */
record ProcessLimits(long softDescriptors, long descriptors, long threads) {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Path GROUP = Path.of("/proc/self/cgroup");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");
    private static final Pattern VALUES = Pattern.compile("(.{26})(\\S+)\\s+(\\S+).*");

    static ProcessLimits read() {
        return parse(lines(LIMITS), groupThreads());
    }

    static ProcessLimits parse(List<String> limits, long groupThreads) {
        return new ProcessLimits(
                value(limits, "Max open files", 2),
                value(limits, "Max open files", 3),
                Math.min(value(limits, "Max processes", 2), groupThreads));
    }

    private static long value(List<String> lines, String name, int column) {
        return lines.stream()
                .map(VALUES::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(1).strip().equals(name))
                .mapToLong(line -> number(line.group(column)))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // unlimited
        }
    }

    /** The limit of the control group and of those around it (version 2). */
    private static long groupThreads() {
        Path group = lines(GROUP).stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> GROUPS.resolve(line.substring("0::/".length())))
                .findFirst()
                .orElse(GROUPS);
        return Stream.iterate(group, each -> each != null && each.startsWith(GROUPS), Path::getParent)
                .map(each -> limit(each.resolve("pids.max")))
                .flatMapToLong(OptionalLong::stream)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private static OptionalLong limit(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(number(lines.get(0).strip()));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // another system: nothing is known
        }
    }
}
