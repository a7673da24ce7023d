package dev.videosession.server.internal.quality;

/**
 * For how long a subscriber has received video without a frame that it could decode, as when each key frame loses a packet. Time without
 * any video does not count: the publisher may have muted or paused it. Not thread-safe.
 */
final class UndecodedTime {
    /** Frames of another level begin with a key frame, which takes some time to arrive. */
    private static final long SWITCH_MILLIS = 2_500;

    private static final long TROUBLE_MILLIS = 3_000;

    private int level = -1;
    private long switchedAt;
    private long millis;

    /**
     * Takes what arrived.
     *
     * @param nowMillis the time
     * @param sent the level that is sent
     * @param seen what arrived of it
     */
    void observe(long nowMillis, int sent, Observation seen) {
        if (sent != level) {
            level = sent;
            switchedAt = nowMillis;
            millis = 0;
        }
        switch (seen.decoding()) {
            case FRAMES -> millis = 0;
            case NO_FRAME -> millis += nowMillis - switchedAt < SWITCH_MILLIS ? 0 : seen.millis();
            case UNKNOWN -> {
                // neither better nor worse
            }
        }
    }

    long millis() {
        return millis;
    }

    boolean isTrouble() {
        return millis >= TROUBLE_MILLIS;
    }
}
