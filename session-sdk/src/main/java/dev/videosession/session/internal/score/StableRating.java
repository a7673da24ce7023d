package dev.videosession.session.internal.score;

import dev.videosession.session.QualityRating;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rating that changes only if the measurements agree. It falls after two low ones in a row, or four if it has just changed, rises after four high ones, and a change by
 * one step follows another change after five seconds at the earliest. Takes two measurements a second.
 */
final class StableRating {
    private static final int FALL_AFTER = 2;
    private static final int GOOD = 4;
    private static final int RISE_AFTER = 4;
    private static final long INTERVAL_MILLIS = 5_000;

    private @Nullable QualityRating current;
    private @Nullable QualityRating last;
    private long changedMillis;
    private int lower;
    private int higher;
    private int otherCause;

    /**
     * Takes one rating.
     *
     * @param measured the rating of the last seconds, or null if there is nothing to rate
     * @param fallen the rating to fall to from a good one: that of the last second, in which the beginning of a fault is less diluted
     * @return whether {@link #current()} has changed
     */
    boolean add(long nowMillis, @Nullable QualityRating measured, QualityRating fallen) {
        if (measured == null) {
            boolean changed = current != null;
            current = null;
            last = null;
            return changed;
        }
        QualityRating before = current;
        QualityRating previous = last == null ? measured : last;
        last = measured;
        if (before == null) {
            lower = 0;
            higher = 0;
            otherCause = 0;
            return change(nowMillis, measured);
        }
        int step = measured.score() - before.score();
        lower = step < 0 ? lower + 1 : 0;
        higher = step > 0 ? higher + 1 : 0;
        otherCause = step == 0 && !measured.equals(before) ? otherCause + 1 : 0;
        QualityRating lowest = before.score() >= GOOD ? fallen : measured;
        int fallAfter = nowMillis - changedMillis < INTERVAL_MILLIS ? 2 * FALL_AFTER : FALL_AFTER;
        if (lower >= fallAfter && mayChange(nowMillis, lowest.score() - before.score())) {
            return change(nowMillis, lowest);
        }
        QualityRating worse = previous.score() < measured.score() ? previous : measured;
        if (higher >= RISE_AFTER && mayChange(nowMillis, worse.score() - before.score())) {
            return change(nowMillis, worse);
        }
        return otherCause >= RISE_AFTER && mayChange(nowMillis, 0) && change(nowMillis, measured);
    }

    private boolean mayChange(long nowMillis, int step) {
        return Math.abs(step) > 1 || nowMillis - changedMillis >= INTERVAL_MILLIS;
    }

    private boolean change(long nowMillis, QualityRating next) {
        current = next;
        changedMillis = nowMillis;
        lower = 0;
        higher = 0;
        otherCause = 0;
        return true;
    }

    Optional<QualityRating> current() {
        return Optional.ofNullable(current);
    }
}
