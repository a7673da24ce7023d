package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.protocol.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An engine for each test, and what must be left after it: no thread of ours, no uncaught exception. */
abstract class LiveMedia {
    static final Duration LIMIT = Duration.ofSeconds(15);

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    RtcEngine engine;

    @BeforeEach
    void open() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
        engine = new RtcEngine(new RtcFactories(true), TimeSource.system());
    }

    @AfterEach
    void close() {
        engine.close();
        await("threads of the engine to end")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("media-") && !name.equals("media-view")));
        Thread.setDefaultUncaughtExceptionHandler(null);
        assertThat(uncaught).isEmpty();
    }

    /** Writes down the stamps a feed shows. */
    static final class Stamps implements VideoSink {
        final List<FrameStamp> read = new CopyOnWriteArrayList<>();
        volatile int unreadable;
        volatile int brightness;
        volatile int width;

        static Stamps of(VideoFeed feed) {
            Stamps stamps = new Stamps();
            feed.addSink(stamps);
            return stamps;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one feed, one thread
        public void onFrame(VideoFrame frame) {
            width = frame.width();
            brightness = frame.planeY().get(frame.height() / 2 * frame.strideY() + frame.width() / 2) & 0xFF;
            FrameStamp.read(frame).ifPresentOrElse(read::add, () -> unreadable++);
        }

        void awaitMore(int count) {
            int enough = read.size() + count;
            await(count + " more stamped frames").atMost(LIMIT).until(() -> read.size() >= enough);
        }

        FrameStamp last() {
            return read.get(read.size() - 1);
        }
    }
}
