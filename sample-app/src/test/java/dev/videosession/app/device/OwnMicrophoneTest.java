package dev.videosession.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.synthetic.SyntheticMedia;
import dev.videosession.app.text.Texts;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.media.source.VideoSource;
import dev.videosession.session.Publisher;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A microphone that does not open is reported once for each attempt, leaves the camera as it is, and can be tried again. */
class OwnMicrophoneTest {
    private static final String MISSING = "missing";
    private static final String WITH = "publisher with microphone";
    private static final String WITHOUT = "publisher without microphone";
    private static MediaEngine engine;

    private final SwingEvents events = new SwingEvents();
    private final Microphones sources = new Microphones();
    private final OwnMedia media = new OwnMedia(engine, "Ada", sources);

    /** Synthetic devices whose microphones can be missing. */
    private static final class Microphones implements MediaSources {
        private final MediaSources present = new SyntheticMedia(true);
        private volatile boolean missing;

        @Override
        public DeviceList offered(DeviceList attached) {
            return present.offered(attached);
        }

        @Override
        public VideoSource camera(@Nullable MediaDevice device, String user) {
            return present.camera(device, user);
        }

        @Override
        public AudioSource microphone(@Nullable MediaDevice device, String user) {
            PushedAudioSource tone = (PushedAudioSource) present.microphone(device, user);
            return (PushedAudioSource) (sink, ended) -> {
                requirePresent();
                return tone.start(sink, ended);
            };
        }

        @Override
        public LevelSource level(@Nullable MediaDevice device, String user) {
            LevelSource level = present.level(device, user);
            return () -> {
                requirePresent();
                return level.start();
            };
        }

        private void requirePresent() {
            if (missing) {
                throw new MediaUnavailableException(MediaUnavailableException.Missing.MICROPHONE, "unplugged");
            }
        }
    }

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

    /** Reports what a user sees of the microphone: failures, and whether one is open. */
    private void listen() throws Exception {
        SwingUtilities.invokeAndWait(() -> media.setListener(new MediaListener() {
            @Override
            public void onPublisher(Publisher now, @Nullable Publisher former) {
                if (former != null) {
                    former.destroy();
                }
                events.add(media.hasMicrophone() ? WITH : WITHOUT);
            }

            @Override
            public void onMediaChanged() {
                // the events above and below say what is checked here
            }

            @Override
            public void onMediaFailed(String sentence) {
                events.add(sentence.equals(Texts.of("media.noMicrophone")) ? MISSING : "failed");
            }
        }));
    }

    @Test
    void missingMicrophoneIsReportedOnceForEachAttempt() throws Exception {
        listen();
        sources.missing = true;
        SwingUtilities.invokeAndWait(() -> media.setMicrophone(true));
        events.awaitExactly(MISSING, WITHOUT);
        SwingUtilities.invokeAndWait(() -> media.setMicrophone(true));
        events.awaitExactly(MISSING, WITHOUT, MISSING);
        assertThat(SwingEvents.onSwing(media::isAudible)).isFalse();

        sources.missing = false;
        SwingUtilities.invokeAndWait(() -> media.setMicrophone(true));
        events.awaitExactly(MISSING, WITHOUT, MISSING, WITH);
        assertThat(SwingEvents.onSwing(media::isAudible)).isTrue();
    }

    @Test
    void missingMicrophoneInTheLobbyIsReportedOnceForEachAttempt() throws Exception {
        listen();
        sources.missing = true;
        SwingUtilities.invokeAndWait(() -> media.previewMicrophone(true));
        events.awaitExactly(MISSING);
        assertThat(SwingEvents.onSwing(media::isPreviewing)).isFalse();
        SwingUtilities.invokeAndWait(() -> media.previewMicrophone(true));
        events.awaitExactly(MISSING, MISSING);

        SwingUtilities.invokeAndWait(() -> media.enter("Ada", true));
        events.awaitExactly(MISSING, MISSING, MISSING, WITHOUT);
        assertThat(SwingEvents.onSwing(media::hasSomething)).isFalse();
    }

    @Test
    void aMicrophoneContinuesIfItsReplacementIsMissing() throws Exception {
        listen();
        SwingUtilities.invokeAndWait(() -> media.setMicrophone(true));
        events.awaitExactly(WITH);
        sources.missing = true;
        SwingUtilities.invokeAndWait(() -> media.chooseMicrophone(null));
        events.awaitExactly(WITH, "failed");
        assertThat(SwingEvents.onSwing(media::isAudible))
                .as("the former one continues")
                .isTrue();
    }
}
