package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.synthetic.SyntheticMedia;
import dev.videosession.media.MediaEngine;
import java.time.Duration;
import java.util.function.Supplier;
import javax.swing.SwingUtilities;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Devices that are turned off while they open, and media that are used after they were closed. */
class OwnMediaTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration SETTLED = Duration.ofMillis(300);
    private static MediaEngine engine;

    private final OwnMedia media = new OwnMedia(engine, "Ada", new SyntheticMedia(true));

    @BeforeAll
    static void createEngine() {
        engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    @AfterEach
    void close() throws Exception {
        SwingUtilities.invokeAndWait(media::close);
    }

    @Test
    void aCameraTurnedOffWhileItOpensStaysOff() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            media.setCamera(true);
            media.setCamera(false);
        });

        awaitSettled(() -> !media.isCameraOn());
        SwingUtilities.invokeAndWait(() -> media.setCamera(true));
        await("camera").atMost(LIMIT).until(() -> SwingEvents.onSwing(media::isCameraOn));
    }

    @Test
    void aPreviewTurnedOffWhileItOpensStaysOff() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            media.previewMicrophone(true);
            media.previewMicrophone(false);
        });

        awaitSettled(() -> !media.isPreviewing());
        SwingUtilities.invokeAndWait(() -> media.previewMicrophone(true));
        await("microphone").atMost(LIMIT).until(() -> SwingEvents.onSwing(media::isPreviewing));
    }

    @Test
    void nothingIsOpenedAfterClose() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            media.close();
            media.setMicrophone(true);
            media.setCamera(true);
            media.previewMicrophone(true);
            media.chooseCamera(null);
            media.enter("Ada", true);
        });

        awaitSettled(() -> media.publisher() == null);
        assertThat(SwingEvents.onSwing(media::isCameraOn)).isFalse();
        assertThat(SwingEvents.onSwing(media::isPreviewing)).isFalse();
    }

    private static void awaitSettled(Supplier<Boolean> expected) {
        await("state that stays").during(SETTLED).atMost(LIMIT).until(() -> SwingEvents.onSwing(expected));
    }
}
