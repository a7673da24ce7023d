package dev.videosession.server.internal.quality;

import dev.videosession.protocol.message.FallbackState;

/**
 * Chooses the level of a {@link Ladder} that the path to one subscriber carries. The router has no estimate of the path, and cannot send
 * anything but the layers. So the controller relies on the reports of the subscriber:
 *
 * <ul>
 *   <li>Down: a path that loses packets and has no room delivers as much as it carries. The controller lowers the level at once to the best
 *       one that fits into that, and ignores reports until the queue has drained. A better level that turned out to be too much is tried
 *       again after longer and longer waits.
 *   <li>Up: a {@linkplain #wantsProbe(long) probe} measures what the path carries beside the media, without a visible change. If three of
 *       the last four probes have room for a better level with a reserve (or all three, if there are only three), the controller raises the
 *       level, but not within 10 s of lowering it. If three successive probes have room for the wanted level, the path is no longer
 *       limited, and the controller does not wait. A level that fails after such probes is tried again after longer and longer waits. If
 *       the subscriber measures no probes, the next level is tried after such waits, too. If its probes stay very slow, the waits are
 *       longer: TCP may not notice the end of a limit.
 *   <li>Undecodable video: if packets arrive for seconds but no frame can be decoded, the path carries too little, whatever its losses.
 *   <li>Lossy paths with room, such as a poor radio link, lose the same share at each level. A probe distinguishes them from congestion.
 * </ul>
 *
 * <p>If the lowest level is too much, {@linkplain VideoFallback video gives way to audio}, and is tried again after longer and longer
 * waits.
 * Times are in milliseconds of any origin. Not thread-safe.
 */
public final class LayerController {
    private static final double HIGH_LOSS = 0.15;
    private static final double SOME_LOSS = 0.04;
    private static final double LONG_FREEZE_MILLIS = 300;

    /** A freeze without loss is trouble if the next second has another one. */
    private static final int FREEZES = 2;

    /** This many lost packets in a second are not random. */
    private static final int MANY_LOST = 10;

    /** A level may need this share of what arrived while packets were lost. */
    private static final double USABLE_SHARE = 0.75;

    private static final double FIRST_USABLE_SHARE = 0.45;

    /** High losses in this many successive seconds are congestion, even if a probe had room. */
    private static final int HIGH_LOSSES = 2;

    /** The path must carry this many times what a better level needs. */
    private static final double RESERVE = 1.3;

    /** Less than two reports, so that the second one after a change counts. */
    private static final long DRAIN_MILLIS = 1_800;

    /** A probe so soon after the level was lowered would compete with the key frame of the new level and with packets sent again. */
    private static final long UNDISTURBED_MILLIS = 5_000;

    private static final long STEADY_MILLIS = 3_000;
    private static final long LOWERED_MILLIS = 10_000;
    private static final long TRIAL_MILLIS = 10_000;
    private static final long NO_PROBE_MILLIS = 12_000;

    /** Slower probes say nothing about the path, only about TCP: BBR, for instance, keeps the speed of a limit that has ended. */
    private static final int SLOW_PROBE_KILOBITS = 64;

    private static final long SLOW_PROBES_MILLIS = 30_000;
    private static final long FIRST_RETRY_MILLIS = 10_000;
    private static final long LONGEST_RETRY_MILLIS = 80_000;

    private Ladder ladder;
    private int level;
    private int wanted;
    private long changedAt;
    private Change lastChange = Change.NONE;
    private boolean probesFailed;
    private boolean probesProvedWrong;
    private long calmSince;
    private int freezes;
    private int highLosses;
    private boolean suspicious;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private final VideoFallback fallback = new VideoFallback();
    private final UndecodedTime undecoded = new UndecodedTime();
    private final PathProbes probes;

    private enum Change {
        /** The level is the first one, or has proved right. */
        NONE,
        LOWERED,
        /** Probes had room for the level. */
        RAISED_BY_PROBES,
        RAISED_AS_TRIAL;

        boolean isRaise() {
            return this == RAISED_BY_PROBES || this == RAISED_AS_TRIAL;
        }
    }

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
        this.probes = new PathProbes(nowMillis);
    }

    /**
     * Follows the stream and the preferences of the subscriber.
     *
     * @param newLadder of the stream
     * @param newWanted the best level that the subscriber wants
     */
    public void follow(Ladder newLadder, int newWanted) {
        if (newLadder.top() != ladder.top()) {
            level = newLadder.top();
            fallback.video(changedAt);
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
        return fallback.state();
    }

    private int sent() {
        return Math.min(level, wanted);
    }

    /**
     * Takes what the subscriber received in a second, also if it received nothing.
     *
     * @param nowMillis when that second ended. What ended before the last change of the level is ignored
     * @param seen what it received
     */
    public void observe(long nowMillis, Observation seen) {
        if (nowMillis < changedAt) {
            return;
        }
        undecoded.observe(nowMillis, sent(), seen);
        probes.observe(nowMillis, seen.probeKilobits(), ladder.kilobits(sent()));
        if (sent() == 0) {
            retry(nowMillis, seen);
            return;
        }
        if (nowMillis - changedAt < DRAIN_MILLIS && !lastChange.isRaise()) {
            return; // what was sent before the change still arrives
        }
        if (isTrouble(nowMillis, seen)) {
            // the first report of a trouble covers some time before it, too
            trouble(nowMillis, seen.kilobits() * (fallback.isTrouble() ? USABLE_SHARE : FIRST_USABLE_SHARE));
        } else {
            calm(nowMillis, seen);
        }
    }

    /** Few losses and short freezes are trouble only if a probe confirms that the path has no room. */
    private boolean isTrouble(long now, Observation seen) {
        freezes = isFrozen(seen) ? freezes + 1 : 0;
        boolean high = seen.lossShare() >= HIGH_LOSS && seen.lost() >= MANY_LOST;
        highLosses = high ? highLosses + 1 : 0;
        boolean known = probes.isRecent(now);
        boolean roomy = probes.isRoomy(now);
        boolean poor = seen.lossShare() >= SOME_LOSS || freezes > 0;
        suspicious = poor && !known;
        boolean undecodable = undecoded.isTrouble() && seen.decoding() == Observation.Decoding.NO_FRAME;
        if (undecoded.millis() > 0 || (seen.lossShare() >= HIGH_LOSS && !roomy)) {
            calmSince = Math.max(calmSince, now); // too little to lower the level, too much to raise it
        }
        return highLosses >= (roomy ? HIGH_LOSSES : 1)
                || undecodable
                || (poor && known && !roomy)
                || (freezes >= FREEZES && !roomy);
    }

    /** A freeze is counted when it ends. A freeze longer than the report was already reported as time without a frame. */
    private static boolean isFrozen(Observation seen) {
        return seen.freezeMillis() >= LONG_FREEZE_MILLIS && seen.freezeMillis() <= seen.millis();
    }

    private void trouble(long now, double usable) {
        calmSince = Math.max(calmSince, now);
        probes.interrupt();
        fallback.trouble(now, now - undecoded.millis());
        int current = sent();
        probesProvedWrong = false;
        if (lastChange.isRaise() && now - changedAt < TRIAL_MILLIS) {
            retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
            probesFailed = probesFailed || lastChange == Change.RAISED_BY_PROBES;
            lastChange = Change.NONE;
        }
        if (current > 1) {
            int fitting = usable == 0 ? current - 1 : ladder.within(usable);
            change(now, Math.max(1, Math.min(current - 1, fitting)), Change.LOWERED);
        } else if (fallback.stopsVideo(now)) {
            change(now, 0, Change.LOWERED);
        }
    }

    private void calm(long now, Observation seen) {
        fallback.calm(now, now - calmSince);
        if (lastChange.isRaise() && now - changedAt >= TRIAL_MILLIS) {
            // the trial of the lowest level says nothing about probes: it did not wait for them
            probesProvedWrong = probes.isMeasured() && lastChange == Change.RAISED_AS_TRIAL && level > 1;
            lastChange = Change.NONE;
            probesFailed = false;
            retryMillis = level >= wanted ? FIRST_RETRY_MILLIS : retryMillis;
        }
        if (level >= wanted || now - calmSince < STEADY_MILLIS) {
            return;
        }
        if (seen.probeKilobits() > 0) {
            raise(now, promised(now), Change.RAISED_BY_PROBES);
        }
        if (level < wanted && isTimeForTrial(now)) {
            raise(now, level + 1, Change.RAISED_AS_TRIAL);
        }
    }

    /** Tells whether to try the next level, because probes say nothing about it. */
    private boolean isTimeForTrial(long now) {
        if (!probes.isMeasured()) {
            return now - calmSince >= NO_PROBE_MILLIS && now - changedAt >= Math.max(retryMillis, shortestStay());
        }
        boolean slow = probes.agreed() > 0 && probes.last() < SLOW_PROBE_KILOBITS;
        long wait = probesProvedWrong ? TRIAL_MILLIS : SLOW_PROBES_MILLIS * (retryMillis / FIRST_RETRY_MILLIS);
        return slow && now - calmSince >= wait;
    }

    /** {@return the level for which the last probes had room, 0 if it is too early to change the level} */
    private int promised(long now) {
        int agreed = ladder.within(probes.agreed() / RESERVE);
        if (agreed >= wanted && !probesFailed) {
            return agreed;
        }
        int likely = ladder.within(probes.likely() / RESERVE);
        boolean more = ladder.within(probes.last() / RESERVE) > likely; // the next probe, a second later, tells
        return more || now - changedAt < shortestStay() ? 0 : likely;
    }

    private long shortestStay() {
        long stay = lastChange == Change.LOWERED ? LOWERED_MILLIS : STEADY_MILLIS;
        return probesFailed ? Math.max(stay, retryMillis) : stay;
    }

    private void retry(long now, Observation seen) {
        if (wanted == 0) {
            return;
        }
        if (seen.probeKilobits() > 0) {
            raise(now, promised(now), Change.RAISED_BY_PROBES);
        }
        if (level == 0 && now - changedAt >= retryMillis) {
            raise(now, 1, Change.RAISED_AS_TRIAL);
        }
    }

    private void raise(long now, int next, Change why) {
        if (next > level) {
            if (next >= wanted && why == Change.RAISED_BY_PROBES) {
                fallback.video(now);
            }
            change(now, next >= wanted ? ladder.top() : next, why);
        }
    }

    private void change(long now, int next, Change why) {
        level = next;
        lastChange = why;
        changedAt = now;
        calmSince = now;
        freezes = 0;
        highLosses = 0;
        fallback.restart();
        probes.restart(now);
    }

    /**
     * Tells whether the caller should send a probe, because it would show what the path carries.
     *
     * @param nowMillis the time
     * @return true at most every few seconds, and only below the wanted level, or if it is not clear whether losses come from congestion
     */
    public boolean wantsProbe(long nowMillis) {
        boolean upward = level < wanted && nowMillis - calmSince >= STEADY_MILLIS;
        boolean undisturbed = lastChange == Change.LOWERED && nowMillis - changedAt < UNDISTURBED_MILLIS;
        boolean doubtful = suspicious && sent() > 0;
        int best = ladder.within(probes.best() / RESERVE);
        boolean promising = probes.mayBeQuick() && best > level && best > ladder.within(probes.likely() / RESERVE);
        return (upward || doubtful) && !undisturbed && probes.isDue(nowMillis, doubtful || promising);
    }
}
