package dev.videosession.server.settings;

import java.time.Duration;

/**
 * How events are sent to webhooks. Each limit applies to one project.
 *
 * @param queueLimit events that wait at a time. At the limit the oldest are dropped, so that a backend that returns receives the
 *     latest
 * @param concurrency concurrent requests, each for another session
 * @param connectTimeout how long connecting may take
 * @param requestTimeout how long the answer may take
 * @param firstRetry pause after the first failure; it doubles with each further failure and is shortened by a random part of
 *     up to half
 * @param longestRetry longest pause
 * @param giveUpAfter age at which an event that could not be sent is dropped
 * @param drain how long a stopping server goes on sending events
 */
public record WebhookSettings(
        int queueLimit,
        int concurrency,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUpAfter,
        Duration drain) {
    /** 10,000 events; 8 requests; 5 s and 10 s; retries after 1 s to 5 min, for 24 h; 2 s to drain. */
    public static final WebhookSettings DEFAULT = new WebhookSettings(
            10_000,
            8,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofHours(24),
            Duration.ofSeconds(2));

    public WebhookSettings {
        if (queueLimit < 1 || concurrency < 1) {
            throw new IllegalArgumentException("queueLimit and concurrency must be at least 1");
        }
        for (Duration duration :
                new Duration[] {connectTimeout, requestTimeout, firstRetry, longestRetry, giveUpAfter}) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("times must be positive, one was " + duration);
            }
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("drain must not be negative, was " + drain);
        }
    }
}
