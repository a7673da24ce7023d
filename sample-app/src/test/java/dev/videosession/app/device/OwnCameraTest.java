package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A camera that fails or ends is reported once each time, and can be tried again. */
class OwnCameraTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final List<String> events = new ArrayList<>(); // of the Swing thread
    private final BrokenCamera device = new BrokenCamera();
    private final OwnCamera camera = new OwnCamera(chosen -> device, new OwnCamera.CameraListener() {
        @Override
        public void onCameraChanged() {
            events.add(camera().isOn() ? "on" : "off");
        }

        @Override
        public void onCameraFailed(String sentence, Throwable failure) {
            events.add("failed");
        }

        @Override
        public void onCameraLost(String sentence) {
            events.add("lost");
        }
    });

    private OwnCamera camera() {
        return camera;
    }

    @AfterEach
    void close() throws Exception {
        SwingUtilities.invokeAndWait(camera::close);
    }

    @Test
    void missingCameraIsReportedOnceForEachAttempt() throws Exception {
        device.missing = true;
        SwingUtilities.invokeAndWait(camera::turnOn);
        awaitEvents("failed", "off");
        device.missing = false;
        SwingUtilities.invokeAndWait(camera::turnOn);
        awaitEvents("failed", "off", "on");
        device.missing = true;
        SwingUtilities.invokeAndWait(() -> camera.choose(null));
        awaitEvents("failed", "off", "on", "failed");
        assertThat(camera.isOn()).as("the former one continues").isTrue();
    }

    @Test
    void cameraThatEndsTwiceIsLostOnceAndCanBeTurnedOnAgain() throws Exception {
        SwingUtilities.invokeAndWait(camera::turnOn);
        awaitEvents("on");
        device.end();
        device.end();
        awaitEvents("on", "off", "lost");
        SwingUtilities.invokeAndWait(camera::turnOn);
        awaitEvents("on", "off", "lost", "on");
    }

    /** Waits for these events, and that no other one follows what has been reported until then. */
    private void awaitEvents(String... expected) throws Exception {
        await(String.join(", ", expected)).atMost(LIMIT).until(() -> onSwing().size() >= expected.length);
        assertThat(onSwing()).containsExactly(expected);
    }

    private List<String> onSwing() throws Exception {
        List<String> copy = new ArrayList<>();
        SwingUtilities.invokeAndWait(() -> copy.addAll(events));
        return copy;
    }

    private static final class BrokenCamera implements VideoSource {
        private volatile boolean missing;
        private volatile @Nullable Runnable ended;

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
            if (missing) {
                throw new MediaUnavailableException(MediaUnavailableException.Missing.CAMERA, "unplugged", null);
            }
            ended = onEnded;
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
