package dev.videosession.server.internal.quality;

import dev.videosession.protocol.message.FallbackState;

/**
 * Chooses the level of a {@link Ladder} that the path to one subscriber carries. The router has no estimate of the path, and cannot send
 * more than the layers. So the controller goes by what the subscriber reports:
 *
 * <ul>
 *   <li>Down: a path that loses packets and has no room delivers what it can carry. The controller goes to the best level within that at
 *       once, and lets the queue drain before it looks again. A better level that turned out to be too much is tried again after longer
 *       and longer waits.
 *   <li>Up: a {@linkplain #wantsProbe(long) probe} beside the media says what the path carries, without a visible change. If two probes in a
 *       row have room for a better level with a reserve, the controller goes there at once. For a subscriber that measures no probes, it
 *       tries the next level, after longer and longer waits while that fails.
 *   <li>A path that delivers packets, but for seconds no frame that can be decoded, carries too little, whatever its losses.
 *   <li>Lossy paths with room, such as a poor radio link, lose the same share at each level: a probe tells them from congestion.
 * </ul>
 *
 * <p>If the lowest level is too much, a warning comes first, then video is turned off, and tried again after longer and longer waits.
 * Times are in milliseconds of any origin. Not thread-safe.
 */
public final class LayerController {
    private static final double HIGH_LOSS = 0.15;
    private static final double SOME_LOSS = 0.04;
    private static final double LONG_FREEZE_MILLIS = 300;

    /** A freeze without loss is trouble if the next second has another one. */
    private static final int FREEZES = 2;

    /** So many lost packets in a second are no coincidence. */
    private static final int MANY_LOST = 10;

    /** A level may need this share of what arrived while packets were lost. */
    private static final double USABLE_SHARE = 0.75;

    private static final double FIRST_USABLE_SHARE = 0.45;

    /** The path must carry this many times what a better level needs. */
    private static final double RESERVE = 1.3;

    private static final long DRAIN_MILLIS = 2_500;
    private static final long STEADY_MILLIS = 3_000;
    private static final long LOWERED_MILLIS = 10_000;
    private static final long TRIAL_MILLIS = 10_000;
    private static final long PROBE_MILLIS = 3_000;
    private static final long ROOM_MILLIS = 5_000;
    private static final long SUSPICIOUS_PROBE_MILLIS = 1_000;

    /** A probe that is not answered for this long is lost. Until then another one would only wait behind it. */
    private static final long LOST_PROBE_MILLIS = 5_000;

    private static final long NO_PROBE_MILLIS = 12_000;
    private static final long WARN_MILLIS = 2_000;
    private static final long DISABLE_MILLIS = 5_000;
    private static final long FIRST_RETRY_MILLIS = 10_000;
    private static final long LONGEST_RETRY_MILLIS = 80_000;

    private Ladder ladder;
    private int level;
    private int wanted;
    private long changedAt;
    private boolean raised;
    private boolean lowered;
    private boolean failed;
    private long troubleSince = -1;
    private long calmSince;
    private int freezes;
    private long probeSeenAt;
    private long probedAt;
    private double lastProbe;
    private long roomSeenAt = Long.MIN_VALUE / 2;
    private boolean roomy;
    private boolean suspicious;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private FallbackState fallback = FallbackState.VIDEO;
    private final UndecodedTime undecoded = new UndecodedTime();

    /**
     * Starts at the wanted level.
     *
     * @param ladder of the stream
     * @param wanted the best level that the subscriber wants
     * @param nowMillis the time
     */
    public LayerController(Ladder ladder, int wanted, long nowMillis) {
        this.ladder = ladder;
        this.wanted = wanted;
        this.level = ladder.top();
        this.changedAt = nowMillis;
        this.calmSince = nowMillis;
        this.probedAt = nowMillis;
        this.probeSeenAt = nowMillis;
    }

    /**
     * Follows the stream and the wishes of the subscriber.
     *
     * @param newLadder of the stream
     * @param newWanted the best level that the subscriber wants
     */
    public void follow(Ladder newLadder, int newWanted) {
        if (newLadder.top() != ladder.top()) {
            level = newLadder.top();
            fallback = FallbackState.VIDEO;
        }
        ladder = newLadder;
        wanted = newWanted;
    }

    /** {@return the level to send at most, 0 to send no video} */
    public int level() {
        return level;
    }

    /** {@return whether video gives way to audio} */
    public FallbackState fallback() {
        return fallback;
    }

    private int sent() {
        return Math.min(level, wanted);
    }

    /**
     * Takes what the subscriber received in the last second, also if it received nothing.
     *
     * @param nowMillis the time
     * @param seen what it received
     */
    public void observe(long nowMillis, Observation seen) {
        undecoded.observe(nowMillis, sent(), seen);
        if (sent() == 0) {
            retry(nowMillis);
            return;
        }
        if (seen.probeKilobits() > 0) {
            probeSeenAt = nowMillis;
        }
        if (nowMillis - changedAt < DRAIN_MILLIS && !raised) {
            return; // what was sent before the change still arrives
        }
        if (isTrouble(nowMillis, seen)) {
            // the first report of a trouble covers some time before it, too
            trouble(nowMillis, seen.kilobits() * (troubleSince < 0 ? FIRST_USABLE_SHARE : USABLE_SHARE));
        } else {
            calm(nowMillis, seen);
        }
    }

    /** Few losses and short freezes are trouble only if a probe confirms that the path has no room. */
    private boolean isTrouble(long now, Observation seen) {
        freezes = seen.freezeMillis() >= LONG_FREEZE_MILLIS ? freezes + 1 : 0;
        if (seen.probeKilobits() > 0) {
            roomSeenAt = now;
            roomy = seen.probeKilobits() >= ladder.kilobits(sent());
        }
        boolean known = now - roomSeenAt < ROOM_MILLIS;
        boolean poor = seen.lossShare() >= SOME_LOSS || freezes > 0;
        suspicious = poor && !known;
        boolean high = seen.lossShare() >= HIGH_LOSS && seen.lost() >= MANY_LOST;
        boolean undecodable = undecoded.isTrouble() && seen.decoding() == Observation.Decoding.NO_FRAME;
        if (undecoded.millis() > 0 || (seen.lossShare() >= HIGH_LOSS && !(known && roomy))) {
            calmSince = now; // too little to lower the level, too much to raise it
        }
        return high || undecodable || (poor && known && !roomy) || (freezes >= FREEZES && !(known && roomy));
    }

    private void trouble(long now, double usable) {
        calmSince = now;
        troubleSince = Math.min(troubleSince < 0 ? now : troubleSince, now - undecoded.millis());
        int current = sent();
        if (raised && now - changedAt < TRIAL_MILLIS) {
            retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
            raised = false;
            failed = true;
        }
        if (current > 1) {
            int fitting = usable == 0 ? current - 1 : ladder.within(usable);
            change(now, Math.max(1, Math.min(current - 1, fitting)), false);
        } else if (now - troubleSince >= DISABLE_MILLIS) {
            fallback = FallbackState.AUDIO_ONLY;
            change(now, 0, false);
        } else if (now - troubleSince >= WARN_MILLIS) {
            fallback = FallbackState.WARNED;
        }
    }

    private void calm(long now, Observation seen) {
        troubleSince = -1;
        if (fallback == FallbackState.WARNED && now - calmSince >= STEADY_MILLIS) {
            fallback = FallbackState.VIDEO;
        }
        if (raised && now - changedAt >= TRIAL_MILLIS) {
            raised = false;
            failed = false;
            retryMillis = level >= wanted ? FIRST_RETRY_MILLIS : retryMillis;
        }
        if (level >= wanted || now - calmSince < STEADY_MILLIS || now - changedAt < shortestStay()) {
            return;
        }
        if (seen.probeKilobits() > 0) {
            double room = Math.min(lastProbe, seen.probeKilobits());
            int fitting = lastProbe == 0 ? 0 : ladder.within(room / RESERVE);
            lastProbe = seen.probeKilobits();
            if (fitting > level) {
                change(now, fitting >= wanted ? ladder.top() : fitting, true);
            }
        } else if (now - probeSeenAt >= NO_PROBE_MILLIS && now - changedAt >= retryMillis) {
            change(now, level + 1 >= wanted ? ladder.top() : level + 1, true);
        }
    }

    private long shortestStay() {
        if (!lowered) {
            return STEADY_MILLIS;
        }
        return failed ? Math.max(LOWERED_MILLIS, retryMillis) : LOWERED_MILLIS;
    }

    private void retry(long now) {
        if (wanted > 0 && now - changedAt >= retryMillis) {
            fallback = FallbackState.VIDEO;
            change(now, 1, true);
        }
    }

    private void change(long now, int next, boolean up) {
        level = next;
        raised = up;
        lowered = !up;
        changedAt = now;
        calmSince = now;
        freezes = 0;
        if (next != 0) {
            troubleSince = -1;
        }
        probedAt = now;
        probeSeenAt = now;
        lastProbe = 0;
    }

    /**
     * Tells whether a probe would show what the path carries. The caller sends one then.
     *
     * @param nowMillis the time
     * @return true at most every few seconds, and only below the wanted level, or if it is not clear whether losses come from congestion
     */
    public boolean wantsProbe(long nowMillis) {
        long sinceProbe = nowMillis - probedAt;
        boolean upward = level < wanted && nowMillis - calmSince >= STEADY_MILLIS && sinceProbe >= PROBE_MILLIS;
        boolean doubtful = suspicious && sinceProbe >= SUSPICIOUS_PROBE_MILLIS;
        boolean answered = probeSeenAt >= probedAt || sinceProbe >= LOST_PROBE_MILLIS;
        boolean useful = sent() > 0 && answered && (upward || doubtful);
        if (useful) {
            probedAt = nowMillis;
        }
        return useful;
    }
}
