package dev.videosession.server.internal.limit;

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
        refill(nowNanos);
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /**
     * Puts tokens in, up to the capacity.
     *
     * @param count how many
     * @param nowNanos the time, of the same origin as in the constructor
     */
    public void put(double count, long nowNanos) {
        refill(nowNanos);
        tokens = Math.min(capacity, tokens + count);
    }

    /**
     * Tells when there will be enough tokens if none is taken meanwhile.
     *
     * @param count how many, at most the capacity
     * @param nowNanos the time, of the same origin as in the constructor
     * @return milliseconds from now, at least 1; 0 if there are enough already
     */
    public long millisUntil(double count, long nowNanos) {
        refill(nowNanos);
        return tokens >= count ? 0 : Math.max(1, (long) Math.ceil((count - tokens) / perNano / 1e6));
    }

    private void refill(long nowNanos) {
        tokens = Math.min(capacity, tokens + Math.max(0, nowNanos - lastNanos) * perNano);
        lastNanos = nowNanos;
    }
}
