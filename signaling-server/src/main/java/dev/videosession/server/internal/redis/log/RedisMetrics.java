package dev.videosession.server.internal.redis.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What operators see of the logs in Redis. Thread-safe. */
public final class RedisMetrics {
    private final Timer appends;
    private final Timer notices;
    private final Counter conflicts;
    private final Counter diverged;

    /**
     * Registers the metrics.
     *
     * @param meters where
     */
    public RedisMetrics(MeterRegistry meters) {
        this.appends = Timer.builder("videosession.redis.appends")
                .description("Appends to logs in Redis, and how long Redis took")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(meters);
        this.notices = Timer.builder("videosession.redis.inbox.lag")
                .description("How long a notice of this server to itself takes through Redis, measured each second")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(100_000))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(meters);
        this.conflicts = Counter.builder("videosession.redis.conflicts")
                .description("Appends that were decided again, because another server had appended")
                .register(meters);
        this.diverged = Counter.builder("videosession.redis.diverged")
                .description("Sessions that were opened again, because Redis had lost entries of their log")
                .register(meters);
    }

    void appended(long nanos) {
        appends.record(nanos, TimeUnit.NANOSECONDS);
    }

    void noticeArrived(long nanos) {
        notices.record(nanos, TimeUnit.NANOSECONDS);
    }

    void conflict() {
        conflicts.increment();
    }

    void diverged() {
        diverged.increment();
    }
}
