package dev.videosession.server.limit;

/** Permits a rate on the average and bursts above it. Not thread-safe. */
public final class TokenBucket {
    private final double perNano;
    private final double capacity;
    private double tokens;
    private long lastNanos;

    /**
     * Makes a full bucket.
     *
     * @param perSecond tokens that flow in each second
     * @param capacity tokens that it holds
     * @param nowNanos the time, in nanoseconds of any origin
     */
    public TokenBucket(double perSecond, double capacity, long nowNanos) {
        this.perNano = perSecond / 1e9;
        this.capacity = capacity;
        this.tokens = capacity;
        this.lastNanos = nowNanos;
    }

    /**
     * Takes tokens out, if there are enough.
     *
     * @param count how many
     * @param nowNanos the time, of the same origin as in the constructor
     * @return false if nothing was taken because there were too few
     */
    public boolean take(double count, long nowNanos) {
        tokens = Math.min(capacity, tokens + Math.max(0, nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }
}
