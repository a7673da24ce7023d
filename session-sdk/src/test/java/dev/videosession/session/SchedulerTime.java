package dev.videosession.session;

import dev.videosession.protocol.time.TimeSource;
import io.reactivex.rxjava3.core.Scheduler;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The virtual time of a scheduler. */
public final class SchedulerTime {
    private SchedulerTime() {}

    /** Both clocks show the scheduler's time. */
    public static TimeSource of(Scheduler scheduler) {
        return of(scheduler, () -> 0);
    }

    /** The wall clock is ahead of the scheduler's time, as after a sleep of the machine. */
    static TimeSource of(Scheduler scheduler, LongSupplier aheadMillis) {
        return TimeSource.of(
                () -> scheduler.now(TimeUnit.NANOSECONDS),
                () -> Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS) + aheadMillis.getAsLong()));
    }
}
