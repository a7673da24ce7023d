package dev.videosession.server.internal.webhook;

import dev.videosession.server.settings.WebhookSettings;
import java.time.Duration;

/** How long a webhook waits before it sends an event again. */
final class RetryPause {
    private RetryPause() {}

    /**
     * Computes the pause after a failed attempt.
     *
     * @param failures attempts that failed so far, at least 1
     * @param random from 0 to 1
     */
    static Duration after(WebhookSettings settings, int failures, double random) {
        long doubled = settings.firstRetry().toMillis() << Math.min(failures - 1, 20);
        long millis = Math.min(settings.longestRetry().toMillis(), Math.max(1, doubled));
        return Duration.ofMillis(Math.max(1, Math.round(millis * (0.5 + random / 2))));
    }
}
