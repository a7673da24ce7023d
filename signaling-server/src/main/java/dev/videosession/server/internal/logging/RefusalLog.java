package dev.videosession.server.internal.logging;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.limit.TokenBucket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Writes the log lines that an unauthenticated client can cause, so that they cannot fill a disk: of each event
 * {@value #BURST} lines at once and {@value #PER_SECOND} a second after that. Every {@value #SUMMARY_SECONDS} s one line
 * gives the number of lines that were omitted:
 *
 * <pre>event=refusalsOmitted of=refused count=4312</pre>
 *
 * All of these lines carry the {@linkplain #MARKER marker} {@code REFUSAL}, so that an appender can treat them apart.
 * Thread-safe and without waiting.
 */
public final class RefusalLog {
    /** Marks lines that an unauthenticated client can cause. */
    public static final Marker MARKER = MarkerFactory.getMarker("REFUSAL");

    static final int BURST = 20;
    static final int PER_SECOND = 1;
    static final int SUMMARY_SECONDS = 10;

    private final TimeSource time;
    private final Executor later;
    private final Map<String, Event> events = new ConcurrentHashMap<>();
    private final LongAdder total = new LongAdder();

    /** One kind of line. Guarded by itself. */
    private static final class Event {
        final TokenBucket bucket;
        long omitted;
        boolean summaryDue;

        Event(long nowNanos) {
            bucket = new TokenBucket(PER_SECOND, BURST, nowNanos);
        }
    }

    /**
     * Makes a log with full allowances.
     *
     * @param time the monotonic clock
     */
    public RefusalLog(TimeSource time) {
        this(time, CompletableFuture.delayedExecutor(SUMMARY_SECONDS, TimeUnit.SECONDS));
    }

    /** The executor runs a task {@value #SUMMARY_SECONDS} s after it was given. */
    RefusalLog(TimeSource time, Executor later) {
        this.time = time;
        this.later = later;
    }

    /**
     * Writes a line at level INFO, or counts it as omitted.
     *
     * @param logger where to
     * @param event its name, one of a fixed set
     * @param details the rest of the line, {@code key={} ...}
     * @param arguments of the details
     */
    public void info(Logger logger, String event, String details, @Nullable Object... arguments) {
        if (logger.isInfoEnabled(MARKER) && permits(logger, event)) {
            logger.info(MARKER, line(event, details), arguments);
        }
    }

    /**
     * Writes a line at level WARN, or counts it as omitted.
     *
     * @param logger where to
     * @param event its name, one of a fixed set
     * @param details the rest of the line, {@code key={} ...}
     * @param arguments of the details
     */
    public void warn(Logger logger, String event, String details, @Nullable Object... arguments) {
        if (logger.isWarnEnabled(MARKER) && permits(logger, event)) {
            logger.warn(MARKER, line(event, details), arguments);
        }
    }

    private static String line(String event, String details) {
        return "event=" + event + " " + details;
    }

    private boolean permits(Logger logger, String name) {
        Event event = events.computeIfAbsent(name, key -> new Event(time.nanos()));
        synchronized (event) {
            if (event.bucket.take(1, time.nanos())) {
                return true;
            }
            event.omitted++;
            total.increment();
            if (event.summaryDue) {
                return false;
            }
            event.summaryDue = true;
        }
        later.execute(() -> summarize(logger, name, event));
        return false;
    }

    private static void summarize(Logger logger, String name, Event event) {
        long omitted;
        synchronized (event) {
            omitted = event.omitted;
            event.omitted = 0;
            event.summaryDue = false;
        }
        logger.info(MARKER, "event=refusalsOmitted of={} count={}", name, omitted);
    }

    /** {@return how many lines were omitted} */
    public long omitted() {
        return total.sum();
    }
}
