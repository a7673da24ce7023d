package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import javax.swing.SwingUtilities;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A camera that fails or ends is reported once each time, and can be tried again. */
class OwnCameraTest {
    private final SwingEvents events = new SwingEvents();
    private final FakeCamera device = FakeCamera.attached();
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
        device.setMissing(true);
        SwingUtilities.invokeAndWait(camera::turnOn);
        events.awaitExactly("failed", "off");
        device.setMissing(false);
        SwingUtilities.invokeAndWait(camera::turnOn);
        events.awaitExactly("failed", "off", "on");
        device.setMissing(true);
        SwingUtilities.invokeAndWait(() -> camera.choose(null));
        events.awaitExactly("failed", "off", "on", "failed");
        assertThat(camera.isOn()).as("the former one continues").isTrue();
    }

    @Test
    void cameraThatEndsTwiceIsLostOnceAndCanBeTurnedOnAgain() throws Exception {
        SwingUtilities.invokeAndWait(camera::turnOn);
        events.awaitExactly("on");
        device.end();
        device.end();
        events.awaitExactly("on", "off", "lost");
        SwingUtilities.invokeAndWait(camera::turnOn);
        events.awaitExactly("on", "off", "lost", "on");
    }
}
