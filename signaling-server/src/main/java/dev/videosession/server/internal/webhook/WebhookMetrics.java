package dev.videosession.server.internal.webhook;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** Metrics of webhooks. Thread-safe. */
final class WebhookMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Counter delivered;
    private final Counter failures;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("videosession.webhooks.waiting", waiting);
        delivered = registry.counter("videosession.webhooks.delivered");
        failures = registry.counter("videosession.webhooks.failures");
    }

    void waiting(int change) {
        waiting.addAndGet(change);
    }

    int waiting() {
        return waiting.get();
    }

    void delivered() {
        delivered.increment();
    }

    /** Of one attempt. */
    void failed() {
        failures.increment();
    }

    /** Causes: overflow, expired, unconfigured, shutdown. */
    void dropped(String cause, int count) {
        registry.counter("videosession.webhooks.dropped", "cause", cause).increment(count);
    }
}
