package dev.videosession.server.internal.quality;

import java.util.Arrays;

/**
 * The probes of the path to one subscriber: decides when to send one, and says how much room the last ones found. Times are in milliseconds
 * of any origin. Not thread-safe.
 */
final class PathProbes {
    /** The number of successive probes that decide if they agree. */
    private static final int AGREEING = 3;

    /** The number of successive probes of which one may be slow, because a busy subscriber read some of its messages late. */
    private static final int REMEMBERED = AGREEING + 1;

    private static final long INTERVAL_MILLIS = 3_000;
    private static final long SHORT_INTERVAL_MILLIS = 1_000;

    /** The number of successive probes after the short interval. Then at least as many follow after the usual interval. */
    private static final int QUICK = 3;

    /** A probe that is not answered for this long is lost. Until then, another probe would only wait behind it. */
    private static final long LOST_MILLIS = 5_000;

    private static final long RECENT_MILLIS = 5_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final double[] kilobits = new double[REMEMBERED];
    private int inRow;
    private boolean measured;
    private boolean awaited;
    private long sentAt;
    private int quick;
    private int usual;
    private long answeredAt = NEVER;
    private boolean roomy;

    PathProbes(long nowMillis) {
        sentAt = nowMillis;
    }

    /**
     * Takes the result of a probe.
     *
     * @param nowMillis the time
     * @param result in kilobits per second; 0 changes nothing
     * @param needed what is sent now, in kilobits per second
     */
    void observe(long nowMillis, double result, int needed) {
        if (result > 0) {
            measured = true;
            awaited = false;
            answeredAt = nowMillis;
            roomy = result >= needed;
            kilobits[inRow % REMEMBERED] = result;
            inRow++;
        }
    }

    /**
     * Starts over for another level: earlier probes do not tell whether the path has room for it. The next probe follows after the usual
     * interval.
     */
    void restart(long nowMillis) {
        inRow = 0;
        answeredAt = NEVER;
        awaited = false;
        sentAt = nowMillis;
        quick = 0;
        usual = 0;
    }

    /** Discards the results, because the path carries too little: the next probe is the first of a new series. */
    void interrupt() {
        inRow = 0;
    }

    /** {@return whether the subscriber has answered a probe} */
    boolean isMeasured() {
        return measured;
    }

    /** {@return the room that the last probe found beside the media, in kilobits per second; 0 without a probe} */
    double last() {
        return leastOf(1);
    }

    /** {@return the largest room that one of the last three probes found; 0 without a probe} */
    double best() {
        double best = 0;
        for (int i = 1; i <= Math.min(inRow, AGREEING); i++) {
            best = Math.max(best, kilobits[(inRow - i) % REMEMBERED]);
        }
        return best;
    }

    /** {@return the room that each of the last three probes found; 0 if there are fewer} */
    double agreed() {
        return leastOf(AGREEING);
    }

    /** {@return the room that three of the last four probes found, or all three if there are only three; 0 if there are fewer} */
    double likely() {
        if (inRow < REMEMBERED) {
            return agreed();
        }
        double[] sorted = kilobits.clone();
        Arrays.sort(sorted);
        return Math.max(agreed(), sorted[1]);
    }

    private double leastOf(int count) {
        double least = inRow < count ? 0 : Double.MAX_VALUE;
        for (int i = 1; i <= count && inRow >= count; i++) {
            least = Math.min(least, kilobits[(inRow - i) % REMEMBERED]);
        }
        return least;
    }

    /** {@return whether a probe was answered a short time ago} */
    boolean isRecent(long nowMillis) {
        return nowMillis - answeredAt < RECENT_MILLIS;
    }

    /** {@return whether a probe was answered a short time ago and found room for as much as was sent} */
    boolean isRoomy(long nowMillis) {
        return isRecent(nowMillis) && roomy;
    }

    /** {@return whether another probe may follow after the short interval, unless it is urgent} */
    boolean mayBeQuick() {
        return quick < QUICK;
    }

    private void count(long sinceLast) {
        if (sinceLast < INTERVAL_MILLIS) {
            quick++;
            usual = 0;
        } else if (++usual >= QUICK) {
            quick = 0;
        }
    }

    /**
     * {@return whether to send a probe now}
     *
     * @param nowMillis the time
     * @param soon whether the answer is urgent
     */
    boolean isDue(long nowMillis, boolean soon) {
        long since = nowMillis - sentAt;
        boolean due = since >= (soon ? SHORT_INTERVAL_MILLIS : INTERVAL_MILLIS) && (!awaited || since >= LOST_MILLIS);
        if (due) {
            count(since);
            sentAt = nowMillis;
            awaited = true;
        }
        return due;
    }
}
