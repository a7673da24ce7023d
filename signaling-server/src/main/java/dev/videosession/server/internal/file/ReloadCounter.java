package dev.videosession.server.internal.file;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts how often changed files were loaded, and how often they could not be used. Thread-safe. */
public final class ReloadCounter {
    private final Counter loaded;
    private final Counter failed;

    /**
     * Registers the counters.
     *
     * @param meters where they are shown
     * @param name of the meter
     * @param description of the meter
     */
    public ReloadCounter(MeterRegistry meters, String name, String description) {
        this.loaded = counter(meters, name, description, "loaded");
        this.failed = counter(meters, name, description, "failed");
    }

    private static Counter counter(MeterRegistry meters, String name, String description, String outcome) {
        return Counter.builder(name)
                .description(description)
                .tag("outcome", outcome)
                .register(meters);
    }

    /**
     * Counts an attempt.
     *
     * @param success false if the old content stays in use
     */
    public void count(boolean success) {
        (success ? loaded : failed).increment();
    }
}
