package dev.videosession.session.internal.score;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.session.QualityScore;
import dev.videosession.session.internal.loop.SessionLoop;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the statistics of one path twice a second, keeps a sample of each second, and reports other ratings. Used on the session's loop.
 */
public final class QualityMonitor {
    private static final long PERIOD_MILLIS = 500;

    private final SessionLoop loop;
    private final Supplier<CompletableFuture<LinkStats>> stats;
    private final Supplier<ExpectedMedia> expected;
    private final PathRating rating;
    private final QualityHistory history;
    private final Consumer<QualityScore> onChange;
    private SessionLoop.@Nullable Timer timer;
    private long dueMillis;
    private boolean stopped;

    /**
     * Prepares a monitor.
     *
     * @param loop of the session
     * @param stats asks the link
     * @param expected what the path ought to carry at the moment
     * @param comparison the other paths of this client
     * @param participant stands for the other end's network; equal for two paths to the same connection
     * @param history gets each sample
     * @param onChange called on the loop with each other score
     */
    public QualityMonitor(
            SessionLoop loop,
            Supplier<CompletableFuture<LinkStats>> stats,
            Supplier<ExpectedMedia> expected,
            PathComparison comparison,
            Object participant,
            QualityHistory history,
            Consumer<QualityScore> onChange) {
        this.loop = loop;
        this.stats = stats;
        this.expected = expected;
        this.rating = new PathRating(comparison, participant);
        this.history = history;
        this.onChange = onChange;
    }

    /** {@return where the samples go} */
    public QualityHistory history() {
        return history;
    }

    /** Begins to measure. A second call does nothing. */
    public void start() {
        if (timer == null && !stopped) {
            dueMillis = loop.nowMillis();
            schedule();
        }
    }

    /** Ends it. The history stays. */
    public void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
        rating.close();
    }

    /** Keeps the period, however long an answer takes; a session that was suspended does not catch up. */
    private void schedule() {
        dueMillis = Math.max(dueMillis + PERIOD_MILLIS, loop.nowMillis() + PERIOD_MILLIS / 2);
        timer = loop.schedule(dueMillis - loop.nowMillis(), this::ask);
    }

    private void ask() {
        stats.get()
                .whenComplete((read, failure) -> loop.execute(() -> {
                    if (!stopped) {
                        if (read != null) {
                            take(read);
                        }
                        schedule();
                    }
                }));
    }

    private void take(LinkStats read) {
        PathRating.Result result =
                rating.add(loop.nowMillis(), Instant.ofEpochMilli(loop.wallMillis()), read, expected.get());
        if (result != null) {
            history.add(result.score(), result.sample());
            if (result.changed()) {
                onChange.accept(result.score());
            }
        }
    }
}
