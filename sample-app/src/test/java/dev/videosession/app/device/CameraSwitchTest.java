package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cameras that end by themselves, reported once and only while they are in use. */
class CameraSwitchTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicInteger lost = new AtomicInteger();
    private final CameraSwitch cameras = new CameraSwitch(lost::incrementAndGet);

    @AfterEach
    void close() {
        cameras.close();
    }

    @Test
    void aCameraThatEndsWhileItStartsIsLost() throws Exception {
        turnOn(new FakeCamera(true));
        await("the end of the first camera").atMost(LIMIT).until(() -> lost.get() == 1);
        turnOn(new FakeCamera(false));

        assertThat(lost).hasValue(1);
    }

    @Test
    void aCameraThatWasReplacedIsNotLost() throws Exception {
        FakeCamera former = new FakeCamera(false);
        turnOn(former);
        turnOn(new FakeCamera(false));

        former.end();
        turnOn(new FakeCamera(false));

        assertThat(lost).hasValue(0);
    }

    @Test
    void aCameraThatEndsAfterCloseIsIgnored() throws Exception {
        FakeCamera camera = new FakeCamera(false);
        turnOn(camera);

        cameras.close();
        camera.end();

        assertThat(lost).hasValue(0);
    }

    /** What was reported before is on the Swing thread before the outcome. */
    private void turnOn(FakeCamera camera) throws Exception {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        cameras.turnOn(camera, failure -> outcome.complete(failure == null));
        assertThat(outcome.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static final class FakeCamera implements VideoSource {
        private final boolean endsAtOnce;
        private volatile @Nullable Runnable ended;

        FakeCamera(boolean endsAtOnce) {
            this.endsAtOnce = endsAtOnce;
        }

        @Override
        public Kind kind() {
            return Kind.CAMERA;
        }

        @Override
        public VideoFormat format() {
            return VideoFormat.P360;
        }

        @Override
        public Capture start(VideoSink sink, Runnable onEnded) {
            if (endsAtOnce) {
                onEnded.run();
            } else {
                ended = onEnded;
            }
            return () -> {};
        }

        void end() {
            Runnable listener = ended;
            if (listener != null) {
                listener.run();
            }
        }
    }
}
