package dev.videosession.media.internal.rtc.library;

import dev.videosession.protocol.time.TimeSource;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Returns memory of closed links to the system. Each link has its own encoder and decoder threads, and glibc may give each thread a heap
 * of its own, which keeps what the thread frees. The JVM can ask glibc to return it ({@code jcmd System.trim_native_heap}, JDK 17.0.9 and
 * later on Linux; elsewhere nothing happens). Confined to the media loop.
 */
public final class NativeHeap {
    private static final Logger LOG = LoggerFactory.getLogger(NativeHeap.class);
    private static final int CLOSED_LINKS = 20;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TimeSource time;
    private int closed;
    private long lastNanos;

    /**
     * Counts from now on.
     *
     * @param time the clocks
     */
    public NativeHeap(TimeSource time) {
        this.time = time;
        lastNanos = time.nanos() - PERIOD_NANOS;
    }

    /** Trims the heap after {@value #CLOSED_LINKS} links, at most every five seconds, on a thread of the common pool. */
    public void linkClosed() {
        long now = time.nanos();
        if (++closed >= CLOSED_LINKS && now - lastNanos >= PERIOD_NANOS) {
            closed = 0;
            lastNanos = now;
            ForkJoinPool.commonPool().execute(NativeHeap::trim);
        }
    }

    private static void trim() {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "systemTrimNativeHeap",
                            new Object[0],
                            new String[0]);
        } catch (JMException | RuntimeException e) {
            LOG.debug("event=nativeHeapNotTrimmed", e);
        }
    }
}
