package dev.videosession.media.internal.rtc.library;

import java.lang.management.ManagementFactory;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands memory of closed links back to the system. Every link has its own encoder and decoder threads, each of which glibc
 * may give a heap of its own; what they free stays in those heaps. The JVM can ask glibc to give it back
 * ({@code jcmd System.trim_native_heap}, JDK 17.0.9 and later on Linux; elsewhere nothing happens). Lives on the media loop.
 */
public final class NativeHeap {
    private static final Logger LOG = LoggerFactory.getLogger(NativeHeap.class);
    private static final int CLOSED_LINKS = 20;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private int closed;
    private long lastNanos = System.nanoTime() - PERIOD_NANOS;

    /** Nothing is trimmed yet. */
    public NativeHeap() {}

    /** Trims after some links, not more often than every five seconds, on a thread of the common pool. */
    public void linkClosed() {
        long now = System.nanoTime();
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
            LOG.debug("This Java runtime cannot trim the native heap", e);
        }
    }
}
