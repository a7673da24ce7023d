package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.FrameProcessor;
import dev.videosession.media.source.VideoFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessedVideoTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final byte MARK = 77;

    private final List<Byte> firstPixels = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    private Capture start(FrameProcessor processor) {
        return VideoSources.processed(VideoSources.pattern(new VideoFormat(160, 120, 60)), processor)
                .start(frame -> firstPixels.add(frame.planeY().get(0)), () -> {});
    }

    private static void mark(VideoFrame frame) {
        ByteBuffer luma = frame.planeY();
        luma.put(0, MARK);
    }

    @Test
    void everyFrameIsProcessed() {
        try (Capture capture = start(ProcessedVideoTest::mark)) {
            assertThat(capture).isNotNull();
            await().atMost(LIMIT).until(() -> firstPixels.size() > 10);
        }
        assertThat(firstPixels).containsOnly(MARK);
    }

    @Test
    void frameIsNotSentIfTheProcessorFailsAndTheNextOneIs() {
        try (Capture capture = start(frame -> {
            if (calls.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("for the test");
            }
            mark(frame);
        })) {
            assertThat(capture).isNotNull();
            await().atMost(LIMIT).until(() -> firstPixels.size() > 10);
        }
        assertThat(firstPixels).containsOnly(MARK);
        assertThat(calls.get()).isGreaterThan(firstPixels.size());
    }

    @Test
    void processorThatHangsNeitherBlocksTheSourceNorItsClose() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch returns = new CountDownLatch(1);
        Capture capture = start(frame -> {
            entered.countDown();
            try {
                returns.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        entered.await();
        capture.close();
        returns.countDown();
        assertThat(firstPixels).isEmpty();
    }

    @Test
    void slowProcessorGetsTheNewestFrame() {
        CountDownLatch first = new CountDownLatch(1);
        AtomicInteger offered = new AtomicInteger();
        List<Long> processed = new CopyOnWriteArrayList<>();
        FrameWorker worker = FrameWorker.start(
                frame -> {
                    calls.incrementAndGet();
                    processed.add(frame.timestampNanos());
                    try {
                        first.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                frame -> firstPixels.add(MARK));
        List<Long> timestamps = new CopyOnWriteArrayList<>();
        try (Capture capture = VideoSources.pattern(new VideoFormat(160, 120, 60))
                .start(
                        frame -> {
                            if (offered.get() < 5) {
                                timestamps.add(frame.timestampNanos());
                                worker.onFrame(frame);
                                offered.incrementAndGet();
                            }
                        },
                        () -> {})) {
            assertThat(capture).isNotNull();
            await().atMost(LIMIT).until(() -> calls.get() == 1 && offered.get() == 5);
            first.countDown();
            await().atMost(LIMIT).until(() -> firstPixels.size() == 2);
        }
        worker.close();
        assertThat(processed.get(1)).isEqualTo(timestamps.get(4));
    }
}
