package dev.videosession.session.internal.score;

import dev.videosession.session.QualityRating;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rating that changes only if the measurements agree. It falls after two low ones in a row, and rises after four high ones, or two while
 * the path recovers. Another change follows after five seconds at the earliest, except that a good rating that has
 * just risen falls by more than one step after four low measurements, and that a rating rises by more than one step when the congestion is
 * over. Takes two measurements a second.
 */
final class StableRating {
    private static final int FALL_AFTER = 2;
    private static final int GOOD = 4;
    private static final int RISE_AFTER = 4;

    /** A path that recovers has been without faults for a while. */
    private static final int RECOVER_AFTER = 2;

    private static final long INTERVAL_MILLIS = 5_000;

    private @Nullable QualityRating current;
    private @Nullable QualityRating last;
    private long changedMillis;
    private boolean risen;
    private int lower;
    private int higher;
    private int otherCause;

    /**
     * Takes one rating.
     *
     * @param measured the rating of the last seconds, or null if there is nothing to rate
     * @param fallen the rating to fall to from a good one: that of the last second, in which the beginning of a fault is less diluted
     * @param congestion of the path
     * @return whether {@link #current()} has changed
     */
    boolean add(long nowMillis, @Nullable QualityRating measured, QualityRating fallen, Congestion.State congestion) {
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
        boolean settled = nowMillis - changedMillis >= INTERVAL_MILLIS;
        QualityRating lowest = before.score() >= GOOD ? fallen : measured;
        boolean steep = risen && before.score() >= GOOD && before.score() - lowest.score() > 1;
        if (lower >= (settled ? FALL_AFTER : 2 * FALL_AFTER) && (settled || steep)) {
            return change(nowMillis, lowest);
        }
        QualityRating worse = previous.score() < measured.score() ? previous : measured;
        boolean clean = congestion != Congestion.State.CONGESTED && worse.score() - before.score() > 1;
        if (higher >= (congestion == Congestion.State.RECOVERING ? RECOVER_AFTER : RISE_AFTER) && (settled || clean)) {
            return change(nowMillis, worse);
        }
        return otherCause >= RISE_AFTER && settled && change(nowMillis, measured);
    }

    private boolean change(long nowMillis, QualityRating next) {
        risen = current == null || next.score() > current.score();
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
