package dev.videosession.session.internal.score;

import dev.videosession.session.QualityCause;
import dev.videosession.session.QualityRating;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rating that changes only if the measurements agree. It falls after two low ones in a row, or one if packets were lost for a longer
 * time,
 * and rises after four high ones, or two while the path recovers. Another change follows after five seconds at the earliest, except that a
 * good rating that has just risen falls by three steps or more after four low measurements, and that a rating rises by more than one step,
 * or becomes good, when the congestion is over. Takes two measurements a second.
 */
final class StableRating {
    private static final int FALL_AFTER = 2;
    private static final int GOOD = 4;
    private static final int RISE_AFTER = 4;

    /** So many steps are more than what steady loss of few packets changes by chance. */
    private static final int STEEP = 3;

    /** A path that recovers has been without faults for a while. */
    private static final int RECOVER_AFTER = 2;

    /**
     * What is known of a longer time than the measured one.
     *
     * @param loss of two to four seconds
     * @param lossy whether packets have been lost for all of that time
     * @param congestion of the path
     */
    record Evidence(PacketLoss loss, boolean lossy, Congestion.State congestion) {
        private static final long SOME_PACKETS = 25;
        private static final long MANY_PACKETS = 100;

        /** {@return whether so many packets arrived without a loss that this is no chance} */
        boolean isClean() {
            return loss.lost() == 0 && loss.packets() >= SOME_PACKETS;
        }

        /** {@return whether there are enough packets to tell one loss from another} */
        boolean isAmple() {
            return loss.packets() >= MANY_PACKETS;
        }
    }

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
     * @param fallen the rating to fall to from an excellent one: that of the last second, in which the beginning of a fault is less diluted
     * @param evidence what is known of a longer time
     * @return whether {@link #current()} has changed
     */
    boolean add(long nowMillis, @Nullable QualityRating measured, QualityRating fallen, Evidence evidence) {
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
            // an excellent rating to begin with is no change that another one could follow too soon
            return change(measured.score() == QualityRating.BEST ? nowMillis - INTERVAL_MILLIS : nowMillis, measured);
        }
        int step = measured.score() - before.score();
        lower = step < 0 ? lower + 1 : 0;
        higher = step > 0 ? higher + 1 : 0;
        otherCause = step == 0 && !measured.equals(before) ? otherCause + 1 : 0;
        boolean settled = nowMillis - changedMillis >= INTERVAL_MILLIS;
        QualityRating lowest = before.score() == QualityRating.BEST ? limited(fallen, measured) : measured;
        boolean steep =
                evidence.isAmple() && risen && before.score() >= GOOD && before.score() - measured.score() >= STEEP;
        int enough = evidence.lossy() ? 1 : FALL_AFTER;
        if (lower >= (settled ? enough : 2 * FALL_AFTER) && (settled || steep)) {
            return change(nowMillis, lowest);
        }
        boolean much = step > 1 || (before.score() < GOOD && measured.score() >= GOOD);
        boolean over = evidence.isClean() && evidence.congestion() != Congestion.State.CONGESTED && much;
        boolean improving = measured.score() > previous.score(); // the faults have not yet left the measured time
        if (!improving && higher >= riseAfter(evidence.congestion()) && (settled || over)) {
            return change(nowMillis, measured);
        }
        return otherCause >= RISE_AFTER && settled && change(nowMillis, measured);
    }

    /** The losses of one second may be many by chance. */
    private static QualityRating limited(QualityRating fallen, QualityRating measured) {
        int lowest = measured.score() - 1;
        return fallen.cause() == QualityCause.LOSS && fallen.score() < lowest
                ? new QualityRating(lowest, fallen.cause(), fallen.side())
                : fallen;
    }

    /** {@return how many high ratings raise it} Congestion that is over becomes a recovery soon, which raises it further. */
    private static int riseAfter(Congestion.State congestion) {
        return switch (congestion) {
            case NONE -> RISE_AFTER;
            case RECOVERING -> RECOVER_AFTER;
            case CONGESTED -> 2 * RISE_AFTER;
        };
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
