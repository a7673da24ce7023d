package dev.videosession.server.settings;

import java.time.Duration;

/**
 * How events are sent to backends. Every bound is for one project.
 *
 * @param queueLimit events that wait at a time. Overflow policy: drop the oldest, so that what a backend hears when it is
 *     back ends with how things are
 * @param concurrency requests under way at a time, each for another session
 * @param connectTimeout how long connecting may take
 * @param requestTimeout how long the answer may take
 * @param firstRetry pause after the first failure; each further one doubles it, and each is shortened by up to half by
 *     chance
 * @param longestRetry longest pause
 * @param giveUpAfter age at which an event that could not be sent is dropped
 * @param drain how long a server that stops waits for events that are still to be sent
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
