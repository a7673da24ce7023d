package dev.videosession.app.bot;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.probe.ToneMeter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Measures a stream by what is in its pictures and its sound. */
final class FeedMeter implements VideoSink, AutoCloseable {
    private final VideoFeed video;
    private final AudioFeed audio;
    private final Runnable onFirstFrame;
    private final ToneMeter tone = new ToneMeter();
    private final AtomicBoolean seen = new AtomicBoolean();
    private final AtomicReference<@Nullable FrameStamp> stamp = new AtomicReference<>();
    private long reportedFrames;
    private long reportedNanos = System.nanoTime();

    FeedMeter(VideoFeed video, AudioFeed audio, Runnable onFirstFrame) {
        this.video = video;
        this.audio = audio;
        this.onFirstFrame = onFirstFrame;
        video.addSink(this);
        audio.addSink(tone);
    }

    @Override
    public void onFrame(VideoFrame frame) {
        FrameStamp.read(frame).ifPresent(stamp::set);
        if (!seen.getAndSet(true)) {
            onFirstFrame.run();
        }
    }

    /** Adds what was measured to a line; the rate is that since the last call. For one thread. */
    Line report(Line line) {
        long now = System.nanoTime();
        long frames = video.frames();
        double seconds = Math.max(1, now - reportedNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        double rate = (frames - reportedFrames) / seconds;
        reportedFrames = frames;
        reportedNanos = now;
        FrameStamp last = stamp.get();
        return line.with("frames", frames)
                .with("fps", tenths(rate))
                .with("width", video.width())
                .with("height", video.height())
                .with("lastFrameNumber", last == null ? null : last.number())
                .with("toneHz", tenths(tone.hertz()));
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }

    @Override
    public void close() {
        video.removeSink(this);
        audio.removeSink(tone);
    }
}
