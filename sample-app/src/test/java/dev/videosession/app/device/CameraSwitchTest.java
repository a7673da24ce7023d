package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
        turnOn(FakeCamera.endingAtOnce());
        await("the end of the first camera").atMost(LIMIT).until(() -> lost.get() == 1);
        turnOn(FakeCamera.attached());

        assertThat(lost).hasValue(1);
    }

    @Test
    void aCameraThatWasReplacedIsNotLost() throws Exception {
        FakeCamera former = FakeCamera.attached();
        turnOn(former);
        turnOn(FakeCamera.attached());

        former.end();
        turnOn(FakeCamera.attached());

        assertThat(lost).hasValue(0);
    }

    @Test
    void aCameraThatEndsAfterCloseIsIgnored() throws Exception {
        FakeCamera camera = FakeCamera.attached();
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
}
