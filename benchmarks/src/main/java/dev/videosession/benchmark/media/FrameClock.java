package dev.videosession.benchmark.media;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** A source and a sink that measure the time from when a frame leaves the source until it reaches the sink. */
public final class FrameClock implements VideoSource, VideoSink {
    private static final int FIRST_FRAME_SECONDS = 20;
    private static final int DIGITS = 3;

    private final VideoSource source;
    private final Map<Long, Long> sent = new ConcurrentHashMap<>();
    private final Histogram micros = new ConcurrentHistogram(DIGITS);
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean counting;

    /**
     * Makes a clock.
     *
     * @param source has a stamp in each frame
     */
    public FrameClock(VideoSource source) {
        this.source = source;
    }

    @Override
    public Kind kind() {
        return source.kind();
    }

    @Override
    public VideoFormat format() {
        return source.format();
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        return source.start(
                frame -> {
                    long now = System.nanoTime();
                    FrameStamp.read(frame).ifPresent(stamp -> sent.put(stamp.number(), now));
                    sink.onFrame(frame);
                },
                ended);
    }

    @Override
    public void onFrame(VideoFrame frame) {
        long now = System.nanoTime();
        FrameStamp.read(frame).ifPresent(stamp -> {
            Long at = sent.remove(stamp.number());
            if (at != null && counting) {
                micros.recordValue(TimeUnit.NANOSECONDS.toMicros(now - at));
            }
            first.countDown();
        });
    }

    /**
     * Waits for the first frame, up to 20 s.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void awaitFirstFrame() throws InterruptedException {
        if (!first.await(FIRST_FRAME_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no frame arrived within " + FIRST_FRAME_SECONDS + " s");
        }
    }

    /**
     * Counts frames from now on, or no longer.
     *
     * @param count whether to count
     */
    public void count(boolean count) {
        counting = count;
    }

    /** {@return the times of the counted frames, in microseconds} */
    public Histogram micros() {
        return micros;
    }
}
