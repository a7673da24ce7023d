package dev.videosession.app.routed;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notes when the first frame arrives, then watches for longer than the 300 ms in which a publisher answers no second request for a
 * key frame: the next subscriber finds a publisher that can answer at once.
 */
final class FrameWatch implements VideoSink {
    private static final int FRAMES = 12;

    private final AtomicLong firstNanos = new AtomicLong();
    private final CountDownLatch frames = new CountDownLatch(FRAMES);

    @Override
    public void onFrame(VideoFrame frame) {
        if (frames.getCount() == FRAMES) {
            firstNanos.set(System.nanoTime());
        }
        frames.countDown();
    }

    /** Awaits all frames and returns when the first one arrived, as {@link System#nanoTime()}. */
    long await(Duration limit) throws InterruptedException {
        if (!frames.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError(frames.getCount() + " of " + FRAMES + " frames did not arrive");
        }
        return firstNanos.get();
    }
}
