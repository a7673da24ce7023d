package dev.videosession.server.internal.quality;

import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.router.Layers;
import java.util.concurrent.TimeUnit;

/**
 * Limits what one subscriber of a routed stream is sent to what its path carries. Goes by the reports of the subscriber, or by the losses
 * that the router notices if there are none. Belongs to the session's loop.
 */
public final class SubscriberQuality {
    /** A subscriber that reported nothing for this long is judged by what the router notices. */
    private static final long SILENCE_MILLIS = 3_000;

    /** Reports are delayed on a congested path: silence of a subscriber that sends them says nothing good for this long. */
    private static final long DELAY_MILLIS = 15_000;

    /** Losses that the router notices count if the subscriber reported nothing for this long: its reports are delayed. */
    private static final long LATE_MILLIS = 2_000;

    /** Losses that the router notices count if there are as many in a row. */
    private static final int LOSSES = 2;

    private static final Observation NOTHING_LOST = notReported(0, 0);
    private static final Observation LOSSES_NOTICED = notReported(100, 1);

    private final TimeSource time;
    private final LayerController controller;
    private final ReportTimes reportTimes;
    private long reportedAt;
    private boolean reports;
    private int losses;
    private boolean lossNoticed;

    /**
     * Starts with all layers.
     *
     * @param time the monotonic clock
     * @param ladder of the stream
     */
    public SubscriberQuality(TimeSource time, Ladder ladder) {
        this.time = time;
        controller = new LayerController(ladder, ladder.top(), millis());
        reportTimes = new ReportTimes(millis());
        reportedAt = millis();
    }

    private static Observation notReported(int lost, double lossShare) {
        return new Observation(lost, lossShare, 0, 0, 0, Observation.Decoding.UNKNOWN, 1_000);
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(time.nanos());
    }

    /**
     * {@return what the path carries of the layers that the subscriber wants}
     *
     * @param wanted by the subscriber
     * @param current ladder of the stream
     */
    public Layers limit(Layers wanted, Ladder current) {
        controller.follow(current, wanted.video() ? current.levelOf(wanted) : 0);
        return current.limit(wanted, controller.level());
    }

    /** {@return whether video gives way to audio} */
    public FallbackState fallback() {
        return controller.fallback();
    }

    /** {@return the highest level that is sent, for the log} */
    public int level() {
        return controller.level();
    }

    /**
     * Takes a report of the subscriber.
     *
     * @param report of about a second, which may arrive late
     */
    public void observe(LinkMessage.ReceptionReport report) {
        reportedAt = millis();
        reports = true;
        controller.observe(
                reportTimes.next(reportedAt, report.intervalMillis()),
                Observation.of(
                        report.intervalMillis(),
                        report.packets(),
                        report.lost(),
                        report.bytes(),
                        report.freezeMillis(),
                        report.probeKilobits(),
                        report.frames()));
    }

    /** The router noticed losses of video in the last second. */
    public void lossNoticed() {
        lossNoticed = true;
    }

    /** A second passed. */
    public void tick() {
        losses = lossNoticed ? losses + 1 : 0;
        lossNoticed = false;
        long now = millis();
        long silence = now - reportedAt;
        // after a warning and while video is tried again, delayed reports are a sign that the path is still too poor
        boolean delayed = reports && controller.fallback() != FallbackState.VIDEO;
        boolean lossesCount = losses >= LOSSES && silence >= (reports ? LATE_MILLIS : SILENCE_MILLIS);
        if (lossesCount || (delayed && silence >= SILENCE_MILLIS)) {
            controller.observe(now, LOSSES_NOTICED);
        } else if (silence >= (reports ? DELAY_MILLIS : SILENCE_MILLIS)) {
            controller.observe(now, NOTHING_LOST);
        }
    }

    /** {@return whether a probe would show what the path carries} */
    public boolean wantsProbe() {
        long now = millis();
        return now - reportedAt < SILENCE_MILLIS && controller.wantsProbe(now);
    }
}
