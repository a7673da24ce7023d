package dev.videosession.app.logging;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is counted about the log of a program. */
public final class LogMetrics {
    private LogMetrics() {}

    /**
     * Registers the counter of dropped lines.
     *
     * @param log whose lines
     * @param registry where
     */
    public static void register(ProgramLog log, MeterRegistry registry) {
        String name = "videosession.log.dropped";
        String description = "log lines that were dropped because the log's file or reader was blocked or too slow";
        FunctionCounter.builder(name, log, ProgramLog::droppedRefusals)
                .tag("kind", "refusal")
                .description(description)
                .register(registry);
        FunctionCounter.builder(name, log, ProgramLog::droppedEvents)
                .tag("kind", "event")
                .description(description)
                .register(registry);
    }
}
