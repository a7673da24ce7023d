package dev.videosession.benchmark.media;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What this process and the processes that it started use. */
final class ProcessUse {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final double KIB_PER_MIB = 1024;

    private ProcessUse() {}

    /**
     * CPU time over a period.
     *
     * @param millis the period
     * @return percent of one core
     */
    static double percentOfACore(long millis) {
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        rest(millis);
        return 100.0 * (cpuNanos() - cpu) / (System.nanoTime() - begin);
    }

    /** Lets a period pass. */
    static void rest(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static long cpuNanos() {
        long children = ProcessHandle.current()
                .descendants()
                .mapToLong(each ->
                        each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() + children;
    }

    /** {@return the live objects of this process in MiB, after a collection} */
    static double liveMib() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / KIB_PER_MIB / KIB_PER_MIB;
    }

    /** {@return the number of Java threads and native threads of this process} */
    static int threads() {
        try (var tasks = Files.list(TASKS)) {
            return (int) tasks.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory of this process in MiB. */
    static double residentMib() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MIB)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
