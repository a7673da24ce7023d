package dev.videosession.server.internal.link;

import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.quality.Ladder;
import dev.videosession.server.internal.quality.LayerController;
import dev.videosession.server.internal.quality.Observation;
import dev.videosession.server.internal.router.Layers;
import java.util.concurrent.TimeUnit;

/**
 * Limits what one subscriber of a routed stream is sent to what its path carries. Goes by the reports of the subscriber, or by the losses
 * that the router notices if there are none. Belongs to the session's loop.
 */
final class SubscriberQuality {
    /** A subscriber that reported nothing for this long is judged by what the router notices. */
    private static final long SILENCE_MILLIS = 3_000;

    /** Losses that the router notices count if there are as many in a row. */
    private static final int LOSSES = 2;

    private static final Observation NOTHING_LOST = new Observation(0, 0, 0, 0, 0);
    private static final Observation LOSSES_NOTICED = new Observation(100, 1, 0, 0, 0);

    private final TimeSource time;
    private final LayerController controller;
    private long reportedAt;
    private int losses;
    private boolean lossNoticed;

    SubscriberQuality(TimeSource time, Ladder ladder) {
        this.time = time;
        controller = new LayerController(ladder, ladder.top(), millis());
        reportedAt = millis();
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(time.nanos());
    }

    /** {@return what the path carries of the layers that the subscriber wants} */
    Layers limit(Layers wanted, Ladder current) {
        controller.follow(current, wanted.video() ? current.levelOf(wanted) : 0);
        return current.limit(wanted, controller.level());
    }

    FallbackState fallback() {
        return controller.fallback();
    }

    /** {@return the highest level that is sent, for the log} */
    int level() {
        return controller.level();
    }

    void observe(LinkMessage.ReceptionReport report) {
        reportedAt = millis();
        controller.observe(
                reportedAt,
                Observation.of(
                        report.intervalMillis(),
                        report.packets(),
                        report.lost(),
                        report.bytes(),
                        report.freezeMillis(),
                        report.probeKilobits()));
    }

    /** The router noticed losses of video in the last second. */
    void lossNoticed() {
        lossNoticed = true;
    }

    /** A second passed. */
    void tick() {
        losses = lossNoticed ? losses + 1 : 0;
        lossNoticed = false;
        long now = millis();
        if (now - reportedAt >= SILENCE_MILLIS) {
            controller.observe(now, losses >= LOSSES ? LOSSES_NOTICED : NOTHING_LOST);
        }
    }

    /** {@return whether a probe would show what the path carries} */
    boolean wantsProbe() {
        long now = millis();
        return now - reportedAt < SILENCE_MILLIS && controller.wantsProbe(now);
    }
}
