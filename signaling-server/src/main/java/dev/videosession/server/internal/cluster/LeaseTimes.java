package dev.videosession.server.internal.cluster;

import java.util.concurrent.TimeUnit;

/**
 * The times of a lease, the same at all nodes.
 *
 * @param leaseMillis a node that has not renewed its lease for this time may be judged dead; for half of it if its channel is
 *     closed, because its process has ended
 * @param renewalMillis how often it is renewed
 */
record LeaseTimes(long leaseMillis, long renewalMillis) {
    /** A client that does not return is removed 5 s, a renewal and the resume window after the death of its node: within 20 s. */
    static final LeaseTimes DEFAULT = new LeaseTimes(5000, 1000);

    long leaseNanos() {
        return TimeUnit.MILLISECONDS.toNanos(leaseMillis);
    }
}
