package dev.videosession.app.demo;

import dev.videosession.app.probe.FeedProbe;
import dev.videosession.session.Subscriber;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** One participant's view of another: when the first picture came, and what the last one was. */
final class Reception {
    private final FeedProbe probe;
    private final long subscribed = System.nanoTime();
    private volatile long firstFrameMillis = -1;

    /**
     * Starts to watch.
     *
     * @param onFirstFrame given the milliseconds since now when the first picture comes
     */
    Reception(Subscriber subscriber, LongConsumer onFirstFrame) {
        this.probe = new FeedProbe(subscriber.video(), subscriber.audio(), () -> {
            firstFrameMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - subscribed);
            onFirstFrame.accept(firstFrameMillis);
        });
    }

    /** Milliseconds from subscribing to the first picture, or -1 if there was none. */
    long firstFrameMillis() {
        return firstFrameMillis;
    }

    /** The number in the last picture, or -1 if there was none. */
    long frameNumber() {
        return probe.lastFrameNumber().orElse(-1L);
    }

    double hertz() {
        return probe.hertz();
    }
}
