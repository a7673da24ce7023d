package dev.videosession.session.internal.link;

import dev.videosession.protocol.message.LinkMessage;

/**
 * Measures how fast probes arrive: the second half of each, because the path may pass the first one without delay. A packet that is lost
 * on the way delays all that follow it, which then arrive at once: if the first half is slow, the whole probe counts, too. Times are in
 * milliseconds of any origin. Not thread-safe.
 */
final class ProbeSpeed {
    /** Characters of a probe beside its padding, about. */
    private static final int OVERHEAD = 100;

    private static final long SLOW_MILLIS = 100;

    private long firstAt = -1;
    private long middleAt = -1;
    private int kilobits;

    /** One message of a probe arrived. */
    void arrived(LinkMessage.Probe probe, long nowMillis) {
        int middle = probe.count() / 2;
        int last = probe.count() - 1;
        if (probe.index() == 0) {
            firstAt = nowMillis;
            middleAt = -1;
        } else if (probe.index() == middle) {
            middleAt = nowMillis;
        } else if (probe.index() == last && firstAt >= 0 && middleAt >= 0) {
            double speed = speed(probe, last - middle, nowMillis - middleAt);
            if (middleAt - firstAt > SLOW_MILLIS) {
                speed = Math.min(speed, speed(probe, last, nowMillis - firstAt));
            }
            kilobits = (int) Math.max(1, Math.min(speed, LinkMessage.ReceptionReport.MAX_KILOBITS));
            firstAt = -1;
        }
    }

    private static double speed(LinkMessage.Probe probe, int messages, long millis) {
        return (double) messages * (probe.padding().length() + OVERHEAD) * 8 / Math.max(1, millis);
    }

    /** {@return the speed of the last probe in kilobits per second, 0 if none arrived since the last call} */
    int take() {
        int taken = kilobits;
        kilobits = 0;
        return taken;
    }
}
