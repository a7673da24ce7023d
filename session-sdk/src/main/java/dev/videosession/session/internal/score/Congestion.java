package dev.videosession.session.internal.score;

import java.util.ArrayDeque;

/**
 * Remembers that a path was congested until it has room again. After congestion the sender adapts, so that nothing is lost any more and
 * only the low bitrate is left; when the limit is gone, congestion control takes many seconds to reach the former bitrate. A path
 * recovers if nothing is wrong for half a second and it carries more than some seconds before. A path that is congested again soon
 * after that needs longer the next time, because congestion control also probes the limit of a path that is still limited.
 */
final class Congestion {
    private static final long CLEAN_MILLIS = 500;
    private static final long LONGEST_CLEAN_MILLIS = 8_000;
    private static final long RELAPSE_MILLIS = 10_000;

    /** The bitrate is compared with the highest one between these ages. */
    private static final long OLDEST_MILLIS = 4_000;

    private static final long NEWEST_MILLIS = 1_500;
    private static final double MORE = 1.1;
    private static final long FALL_MILLIS = 1_000;
    private static final double LESS = 0.9;

    /** After this time without a fault a low bitrate is that of a quiet video. */
    private static final long MEMORY_MILLIS = 30_000;

    enum State {
        /** The path has not been congested lately. */
        NONE,
        /** The path carries less than is needed. */
        CONGESTED,
        /** Congestion control has not yet used all that the path carries. */
        RECOVERING
    }

    private record Carried(long millis, double bitrate) {}

    private final ArrayDeque<Carried> carried = new ArrayDeque<>();
    private State state = State.NONE;
    private long faultMillis;
    private long recoveredMillis;
    private long cleanMillis = CLEAN_MILLIS;

    /**
     * Takes one measurement.
     *
     * @param bitrate bits a second that the path carries
     * @param faulty whether the path loses or delays packets
     * @param enough whether the path carries what is needed
     * @return the state after it
     */
    State add(long nowMillis, double bitrate, boolean faulty, boolean enough) {
        carried.addLast(new Carried(nowMillis, bitrate));
        while (nowMillis - carried.getFirst().millis() > OLDEST_MILLIS) {
            carried.removeFirst();
        }
        boolean fell = bitrate < LESS * highest(nowMillis, 0, FALL_MILLIS);
        if (faulty || (fell && state != State.NONE)) {
            congested(nowMillis);
        } else if (enough || (state != State.NONE && nowMillis - faultMillis > MEMORY_MILLIS)) {
            state = State.NONE;
            cleanMillis = CLEAN_MILLIS;
        } else if (state == State.CONGESTED
                && nowMillis - faultMillis >= cleanMillis
                && bitrate >= MORE * highest(nowMillis, NEWEST_MILLIS, OLDEST_MILLIS)) {
            state = State.RECOVERING;
            recoveredMillis = nowMillis;
        }
        return state;
    }

    private void congested(long nowMillis) {
        if (state == State.RECOVERING && nowMillis - recoveredMillis < RELAPSE_MILLIS) {
            cleanMillis = Math.min(2 * cleanMillis, LONGEST_CLEAN_MILLIS);
        }
        state = State.CONGESTED;
        faultMillis = nowMillis;
    }

    /** The highest bitrate between two ages, infinite while there is none. */
    private double highest(long nowMillis, long from, long to) {
        return carried.stream()
                .filter(each -> nowMillis - each.millis() >= from && nowMillis - each.millis() <= to)
                .mapToDouble(Carried::bitrate)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
