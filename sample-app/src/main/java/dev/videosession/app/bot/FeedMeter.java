package dev.videosession.app.bot;

import dev.videosession.app.probe.FeedProbe;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import java.util.concurrent.TimeUnit;

/** Reports on one stream. */
final class FeedMeter implements AutoCloseable {
    private final FeedProbe probe;
    private long reportedFrames;
    private long reportedNanos = System.nanoTime();

    FeedMeter(VideoFeed video, AudioFeed audio, Runnable onFirstFrame) {
        this.probe = new FeedProbe(video, audio, onFirstFrame);
    }

    /** Adds what was measured to a line; the rate is that since the last call. For one thread. */
    Line report(Line line) {
        long now = System.nanoTime();
        long frames = probe.video().frames();
        double seconds = Math.max(1, now - reportedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = (frames - reportedFrames) / seconds;
        reportedFrames = frames;
        reportedNanos = now;
        return line.with("frames", frames)
                .with("fps", tenths(rate))
                .with("longestGapMillis", probe.takeLongestGapMillis())
                .with("width", probe.video().width())
                .with("height", probe.video().height())
                .with("lastFrameNumber", probe.lastFrameNumber().orElse(null))
                .with("toneHz", tenths(probe.hertz()));
    }

    /** Adds what is known at the end: how many frames arrived, and when the last one did. */
    Line last(Line line) {
        return line.with("frames", probe.video().frames()).with("lastFrameAt", probe.lastFrameAt());
    }

    static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    @Override
    public void close() {
        probe.close();
    }
}
