package dev.videosession.server.internal.quality;

/**
 * The probes of the path to one subscriber: when to send one, and for what the last ones had room. Times are in milliseconds of any
 * origin. Not thread-safe.
 */
final class PathProbes {
    /** As many probes in a row are remembered. */
    static final int REMEMBERED = 3;

    private static final long INTERVAL_MILLIS = 3_000;
    private static final long SHORT_INTERVAL_MILLIS = 1_000;

    /** A probe that is not answered for this long is lost. Until then another one would only wait behind it. */
    private static final long LOST_MILLIS = 5_000;

    private static final long RECENT_MILLIS = 5_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final double[] kilobits = new double[REMEMBERED];
    private int inRow;
    private boolean measured;
    private boolean awaited;
    private long sentAt;
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

    /** Another level is sent: earlier probes do not tell whether the path has room for it. The next one is sent after the usual time. */
    void restart(long nowMillis) {
        inRow = 0;
        answeredAt = NEVER;
        awaited = false;
        sentAt = nowMillis;
    }

    /** The path carries too little: the next probe is the first in a row. */
    void interrupt() {
        inRow = 0;
    }

    /** {@return whether the subscriber has answered a probe} */
    boolean isMeasured() {
        return measured;
    }

    /** {@return the number of probes in a row, at most {@link #REMEMBERED}} */
    int inRow() {
        return Math.min(inRow, REMEMBERED);
    }

    /**
     * {@return what the path carries beside what is sent, in kilobits per second, as far as the last probes in a row agree; 0 if there
     * were not as many}
     *
     * @param count of probes, 1 to {@link #REMEMBERED}
     */
    double room(int count) {
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

    /** {@return whether such a probe had room for as much as was sent} */
    boolean isRoomy(long nowMillis) {
        return isRecent(nowMillis) && roomy;
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
            sentAt = nowMillis;
            awaited = true;
        }
        return due;
    }
}
