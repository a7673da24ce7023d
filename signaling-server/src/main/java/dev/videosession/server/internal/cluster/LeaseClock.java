package dev.videosession.server.internal.cluster;

/**
 * Tracks a node's own lease by the node's monotonic clock. The node declares other nodes dead only after it has renewed its own lease for a
 * whole lease time without interruption: while Redis was suspended or not reachable, no node could renew, and all nodes look dead
 * afterwards. Not thread-safe.
 */
final class LeaseClock {
    private final LeaseTimes times;
    private boolean held;
    private long renewedAt;
    private long unbrokenSince;

    LeaseClock(LeaseTimes times) {
        this.times = times;
    }

    /**
     * The lease was renewed.
     *
     * @param askedAt when the request was sent
     * @param gapMillis since the renewal before it, by the clock of Redis
     */
    void renewed(long askedAt, long gapMillis) {
        if (!isHeld(askedAt) || gapMillis >= times.leaseMillis()) {
            unbrokenSince = askedAt;
        }
        held = true;
        renewedAt = askedAt;
    }

    /** A renewal failed. The lease itself lasts until its end. */
    void failed(long now) {
        unbrokenSince = now;
    }

    /** The lease is lost: another node has judged this one. */
    void lost() {
        held = false;
    }

    /** {@return whether the lease was renewed within its time} */
    boolean isHeld(long now) {
        return held && now - renewedAt < times.leaseNanos();
    }

    /** {@return for how long the lease was not renewed, in nanoseconds; 0 if it never was} */
    long age(long now) {
        return held ? now - renewedAt : 0;
    }

    /** {@return for how many nanoseconds the lease was renewed without interruption; 0 if it is not held} */
    long unbroken(long now) {
        return isHeld(now) ? now - unbrokenSince : 0;
    }

    /** {@return whether this node may judge others} */
    boolean mayJudge(long now) {
        return unbroken(now) >= times.leaseNanos();
    }
}
