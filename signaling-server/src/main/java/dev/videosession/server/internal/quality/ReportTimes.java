package dev.videosession.server.internal.quality;

/**
 * When the time covered by a report ended. Reports are sent once a second, but on a congested path several of them arrive at once,
 * seconds late. Times are in milliseconds of any origin. Not thread-safe.
 */
final class ReportTimes {
    private static final long MOST_DELAYED_MILLIS = 15_000;

    private long arrivedAt;
    private long endedAt;

    ReportTimes(long nowMillis) {
        arrivedAt = nowMillis;
        endedAt = nowMillis;
    }

    /**
     * Takes the next report.
     *
     * @param nowMillis when it arrived
     * @param intervalMillis the time that it covers
     * @return when that time ended, at the latest now
     */
    long next(long nowMillis, long intervalMillis) {
        long sinceLast = nowMillis - arrivedAt;
        boolean onTime = sinceLast >= intervalMillis / 2 && sinceLast <= intervalMillis * 3 / 2;
        arrivedAt = nowMillis;
        endedAt = onTime
                ? nowMillis
                : Math.min(nowMillis, Math.max(endedAt + intervalMillis, nowMillis - MOST_DELAYED_MILLIS));
        return endedAt;
    }
}
