package dev.videosession.app.demo;

import dev.videosession.app.probe.FeedProbe;
import dev.videosession.session.Subscriber;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** What one participant receives from another: when the first frame arrived, and the number of the last one. */
final class Reception {
    private final FeedProbe probe;
    private final long subscribed = System.nanoTime();
    private volatile long firstFrameMillis = -1;

    /**
     * Starts to watch.
     *
     * @param onFirstFrame receives the milliseconds from now to the first frame
     */
    Reception(Subscriber subscriber, LongConsumer onFirstFrame) {
        this.probe = new FeedProbe(subscriber.video(), subscriber.audio(), () -> {
            firstFrameMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - subscribed);
            onFirstFrame.accept(firstFrameMillis);
        });
    }

    /** Milliseconds from subscribing to the first frame, or -1 if there was none. */
    long firstFrameMillis() {
        return firstFrameMillis;
    }

    /** The number in the last frame, or -1 if there was none. */
    long frameNumber() {
        return probe.lastFrameNumber().orElse(-1L);
    }

    double hertz() {
        return probe.hertz();
    }
}
