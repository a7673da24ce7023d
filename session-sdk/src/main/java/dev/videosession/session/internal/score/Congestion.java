package dev.videosession.session.internal.score;

import java.util.ArrayDeque;

/**
 * Remembers that a path was congested until it carries what is needed again. After congestion the sender adapts, so that no packets are
 * lost and only the low bitrate remains; when the limit ends, congestion control takes many seconds to reach the former bitrate. A path
 * recovers if it has no faults for half a second, or for two if the sender's estimate does not grow meanwhile. A path with a fault soon
 * after its recovery needs longer the next time, because congestion control also probes the limit of a path that is still limited.
 */
final class Congestion {
    private static final long CLEAN_MILLIS = 500;
    private static final long LONGEST_CLEAN_MILLIS = 4_000;
    private static final long RELAPSE_MILLIS = 10_000;
    private static final long FALL_MILLIS = 1_000;
    private static final double LESS = 0.9;

    /** A growing estimate is compared with the highest one between these ages. */
    private static final long OLDEST_MILLIS = 4_000;

    private static final long NEWEST_MILLIS = 1_500;
    private static final double MORE = 1.1;

    /** A path whose estimate does not grow must be without faults for so much longer. */
    private static final long STILL_MILLIS = 1_500;

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

    private record Estimate(long millis, double bitrate) {}

    private final ArrayDeque<Estimate> estimates = new ArrayDeque<>();
    private State state = State.NONE;
    private long faultMillis;
    private long recoveredMillis;
    private long cleanMillis = CLEAN_MILLIS;

    /** {@return the state after the last measurement} */
    State state() {
        return state;
    }

    /**
     * Takes one measurement.
     *
     * @param estimate the sender's estimate of the bandwidth in bits a second, 0 if this is not the sender; it falls when packets are
     *     delayed
     * @param faulty whether the path loses or delays packets
     * @param enough whether the path carries what is needed
     * @return the state after it
     */
    State add(long nowMillis, double estimate, boolean faulty, boolean enough) {
        estimates.addLast(new Estimate(nowMillis, estimate));
        while (nowMillis - estimates.getFirst().millis() > OLDEST_MILLIS) {
            estimates.removeFirst();
        }
        if (faulty || estimate < LESS * highest(nowMillis, 0, FALL_MILLIS)) {
            fault(nowMillis);
        } else if (enough || (state != State.NONE && nowMillis - faultMillis > MEMORY_MILLIS)) {
            state = State.NONE;
            cleanMillis = CLEAN_MILLIS;
        } else if (state == State.CONGESTED
                && nowMillis - faultMillis >= cleanMillis + (grows(nowMillis, estimate) ? 0 : STILL_MILLIS)) {
            state = State.RECOVERING;
            recoveredMillis = nowMillis;
        }
        return state;
    }

    private void fault(long nowMillis) {
        if (state == State.RECOVERING && nowMillis - recoveredMillis < RELAPSE_MILLIS) {
            cleanMillis = Math.min(2 * cleanMillis, LONGEST_CLEAN_MILLIS);
        }
        state = State.CONGESTED;
        faultMillis = nowMillis;
    }

    private boolean grows(long nowMillis, double estimate) {
        return estimate >= MORE * highest(nowMillis, NEWEST_MILLIS, OLDEST_MILLIS);
    }

    private double highest(long nowMillis, long from, long to) {
        return estimates.stream()
                .filter(each -> nowMillis - each.millis() >= from && nowMillis - each.millis() <= to)
                .mapToDouble(Estimate::bitrate)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
