package dev.videosession.protocol.time;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time: a monotonic clock for waits and timeouts, and a wall clock for dates. Code that waits or dates something gets a
 * time source from its creator, so that a test can replace it; code that only dates something accepts any
 * {@link InstantSource}. Implementations are thread-safe.
 */
public interface TimeSource extends InstantSource {
    /**
     * Returns the monotonic clock. Only differences between two values mean something.
     *
     * @return nanoseconds since an arbitrary origin, which may be negative
     */
    long nanos();

    /** {@return the clocks of this machine} */
    static TimeSource system() {
        return of(System::nanoTime, InstantSource.system());
    }

    /**
     * Combines two clocks.
     *
     * @param monotonic the monotonic clock, in nanoseconds
     * @param wall the wall clock
     * @return both of them
     */
    static TimeSource of(LongSupplier monotonic, InstantSource wall) {
        return new TimeSource() {
            @Override
            public long nanos() {
                return monotonic.getAsLong();
            }

            @Override
            public Instant instant() {
                return wall.instant();
            }

            @Override
            public long millis() {
                return wall.millis();
            }
        };
    }
}
