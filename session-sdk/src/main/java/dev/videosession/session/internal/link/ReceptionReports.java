package dev.videosession.session.internal.link;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.media.stats.ReceivedVideo;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reports once a second what a subscription received, so that the media router can send what the path carries. Reports nothing in a
 * relayed session, where the publisher's own estimate does that, or to a server that does not understand it. Used on the session's loop.
 */
public final class ReceptionReports {
    private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final SignalingPort signaling;
    private final LinkId linkId;
    private final Supplier<CompletableFuture<LinkStats>> stats;
    private final Consumer<LinkMessage.ReceptionReport> observer;
    private SessionLoop.@Nullable Timer timer;
    private @Nullable LinkStats last;
    private final ProbeSpeed probeSpeed = new ProbeSpeed();
    private long lastMillis;
    private boolean stopped;

    /** The observer gets each report, too. */
    public ReceptionReports(
            SignalingPort signaling,
            LinkId linkId,
            Supplier<CompletableFuture<LinkStats>> stats,
            Consumer<LinkMessage.ReceptionReport> observer) {
        this.signaling = signaling;
        this.linkId = linkId;
        this.stats = stats;
        this.observer = observer;
    }

    /** Begins to report. A second call does nothing. */
    public void start() {
        if (timer == null
                && !stopped
                && signaling.serverUnderstands(Feature.QUALITY)
                && signaling.serverUnderstands(Feature.MEDIA_ROUTER)) {
            schedule();
        }
    }

    public void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** A message of a probe arrived. */
    public void onProbe(LinkMessage.Probe probe) {
        probeSpeed.arrived(probe, signaling.loop().nowMillis());
    }

    private void schedule() {
        timer = signaling.loop().schedule(PERIOD_MILLIS, this::ask);
    }

    private void ask() {
        stats.get()
                .whenComplete((read, failure) -> signaling.loop().execute(() -> {
                    if (!stopped) {
                        if (read != null) {
                            report(read);
                        }
                        schedule();
                    }
                }));
    }

    private void report(LinkStats now) {
        LinkStats before = last;
        long nowMillis = signaling.loop().nowMillis();
        long interval = nowMillis - lastMillis;
        last = now;
        lastMillis = nowMillis;
        // a router that was replaced sends over another connection, whose counters begin again
        if (before != null && now.received().packets() >= before.received().packets() && interval > 0) {
            LinkMessage.ReceptionReport report = of(linkId, interval, before, now, probeSpeed.take());
            signaling.send(report);
            observer.accept(report);
        }
    }

    /** {@return what was received between two readings of the same connection} */
    static LinkMessage.ReceptionReport of(
            LinkId linkId, long intervalMillis, LinkStats before, LinkStats now, int probeKilobits) {
        ReceivedVideo from = before.received();
        ReceivedVideo to = now.received();
        long packets = to.packets() - from.packets();
        long emitted = to.jitterBufferEmitted() - from.jitterBufferEmitted();
        double held = to.jitterBufferMillis() - from.jitterBufferMillis();
        return new LinkMessage.ReceptionReport(
                linkId,
                (int) Math.min(intervalMillis, LinkMessage.ReceptionReport.MAX_MILLIS),
                (int) packets,
                (int) Math.max(0, to.packetsLost() - from.packetsLost()),
                Math.max(0, videoBytes(now) - videoBytes(before)),
                emitted <= 0 ? 0 : within(held / emitted, LinkMessage.ReceptionReport.MAX_MILLIS),
                within(to.freezeMillis() - from.freezeMillis(), LinkMessage.ReceptionReport.MAX_MILLIS),
                probeKilobits,
                (int) Math.max(0, Math.min(now.frames() - before.frames(), LinkMessage.ReceptionReport.MAX_FRAMES)));
    }

    private static long videoBytes(LinkStats stats) {
        return stats.byKind().getOrDefault("video", 0L);
    }

    private static int within(double value, int max) {
        return (int) Math.max(0, Math.min(value, max));
    }
}
