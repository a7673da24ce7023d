package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replaces the video source, at once and at the wrong moment. */
class VideoSwitchTest extends LiveMedia {
    private final AtomicInteger open = new AtomicInteger();

    /** A camera that takes its time to open and counts what is open. */
    private final class SlowCamera implements VideoSource {
        final CountDownLatch starting = new CountDownLatch(1);
        final CountDownLatch allowed = new CountDownLatch(1);

        @Override
        public Kind kind() {
            return Kind.CAMERA;
        }

        @Override
        public VideoFormat format() {
            return VideoFormat.P360;
        }

        @Override
        public Capture start(VideoSink sink, Runnable ended) {
            starting.countDown();
            try {
                assertThat(allowed.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            open.incrementAndGet();
            return new Capture() {
                private boolean closed;

                @Override
                public synchronized void close() {
                    if (!closed) {
                        closed = true;
                        open.decrementAndGet();
                    }
                }
            };
        }
    }

    /** A frame is native memory: one for each publisher adds up in a program that joins many calls. */
    @Test
    void closedMediaKeepsNoFrame() {
        LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
        await("a frame").until(() -> media.video().snapshot().isPresent());
        media.close();
        assertThat(media.video().snapshot()).isEmpty();
    }

    @Test
    void ofManyExchangesAtOnceOneSourceStaysOpen() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null)) {
            List<SlowCamera> cameras = new ArrayList<>();
            List<Future<?>> exchanges = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SlowCamera camera = new SlowCamera();
                cameras.add(camera);
                exchanges.add(threads.submit(() -> media.switchVideo(camera)));
            }
            await("one of them starts")
                    .atMost(LIMIT)
                    .until(() -> cameras.stream().anyMatch(each -> each.starting.getCount() == 0));
            cameras.forEach(each -> each.allowed.countDown());
            for (Future<?> exchange : exchanges) {
                exchange.get(10, TimeUnit.SECONDS);
            }

            assertThat(open).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void sourceThatOpensAfterTheMediaWasClosedIsClosedAgain() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
            SlowCamera camera = new SlowCamera();
            Future<?> exchange = threads.submit(() -> media.switchVideo(camera));
            assertThat(camera.starting.await(10, TimeUnit.SECONDS)).isTrue();

            media.close();
            camera.allowed.countDown();
            exchange.get(10, TimeUnit.SECONDS);

            assertThat(open).hasValue(0);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void sourceThatEndedBeforeItsActivationIsReported() throws Exception {
        CustomVideo over = VideoSources.custom(VideoFormat.P360);
        over.end();
        CountDownLatch told = new CountDownLatch(1);
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null)) {
            media.onEnded(told::countDown);

            media.switchVideo(over);

            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void endOfEachSourceIsReportedAlsoAfterAReplacement() throws Exception {
        CustomVideo first = VideoSources.custom(VideoFormat.P360);
        CustomVideo second = VideoSources.custom(VideoFormat.P360);
        AtomicInteger told = new AtomicInteger();
        try (LocalMedia media = engine.capture(first, null)) {
            media.onEnded(told::incrementAndGet);
            first.end();
            await("the first end").atMost(LIMIT).until(() -> told.get() == 1);

            media.switchVideo(second);
            first.end();
            second.end();

            await("the second end").atMost(LIMIT).until(() -> told.get() == 2);
        }
        assertThat(told).hasValue(2);
    }

    @Test
    void replacedSourceThatEndsIsNoNews() throws Exception {
        CustomVideo first = VideoSources.custom(VideoFormat.P360);
        AtomicInteger told = new AtomicInteger();
        try (LocalMedia media = engine.capture(first, null)) {
            media.onEnded(told::incrementAndGet);
            media.switchVideo(VideoSources.pattern(VideoFormat.P360));
            first.end();
            Stamps.of(media.video()).awaitMore(3);
        }
        assertThat(told).hasValue(0);
    }
}
