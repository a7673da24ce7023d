package dev.videosession.app.probe;

import dev.videosession.app.synthetic.EdgeStamp;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.probe.ToneMeter;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Reads the numbers in synthetic video and the frequency of synthetic sound. May be used from any thread. */
public final class FeedProbe implements AutoCloseable {
    private final VideoFeed video;
    private final AudioFeed audio;
    private final Runnable onFirstFrame;
    private final VideoSink sink = this::onFrame;
    private final ToneMeter tone = new ToneMeter();
    private final AtomicBoolean seen = new AtomicBoolean();
    private final AtomicReference<@Nullable FrameStamp> stamp = new AtomicReference<>();
    private final AtomicLong longestGapNanos = new AtomicLong();
    private volatile long lastFrameAt;
    private volatile long lastFrameNanos;

    /**
     * Starts to look and listen.
     *
     * @param video pictures
     * @param audio sound
     * @param onFirstFrame called once, on the thread that brings the first picture
     */
    public FeedProbe(VideoFeed video, AudioFeed audio, Runnable onFirstFrame) {
        this.video = video;
        this.audio = audio;
        this.onFirstFrame = onFirstFrame;
        video.addSink(sink);
        audio.addSink(tone);
    }

    private void onFrame(VideoFrame frame) {
        long now = System.nanoTime();
        if (seen.get()) {
            longestGapNanos.accumulateAndGet(now - lastFrameNanos, Math::max);
        }
        lastFrameNanos = now;
        lastFrameAt = System.currentTimeMillis();
        FrameStamp.read(frame).or(() -> EdgeStamp.read(frame)).ifPresent(stamp::set);
        if (!seen.getAndSet(true)) {
            onFirstFrame.run();
        }
    }

    /**
     * Returns the pictures.
     *
     * @return the feed that is looked at
     */
    public VideoFeed video() {
        return video;
    }

    /**
     * Returns the number of the last picture that carried one.
     *
     * @return the number, or empty if none did
     */
    public Optional<Long> lastFrameNumber() {
        return Optional.ofNullable(stamp.get()).map(FrameStamp::number);
    }

    /**
     * Returns when the last picture came.
     *
     * @return milliseconds since 1970; 0 if none came
     */
    public long lastFrameAt() {
        return lastFrameAt;
    }

    /**
     * Returns the longest time without a frame since the last call. A gap that goes on counts from its last frame on.
     *
     * @return milliseconds, 0 if no frame came yet
     */
    public long takeLongestGapMillis() {
        if (!seen.get()) {
            return 0;
        }
        long current = System.nanoTime() - lastFrameNanos;
        return TimeUnit.NANOSECONDS.toMillis(Math.max(current, longestGapNanos.getAndSet(0)));
    }

    /**
     * Returns the dominant frequency of the sound.
     *
     * @return hertz, 0 for silence
     */
    public double hertz() {
        return tone.hertz();
    }

    /** Looks and listens no longer. */
    @Override
    public void close() {
        video.removeSink(sink);
        audio.removeSink(tone);
    }
}
