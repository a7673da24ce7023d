package dev.videosession.media.internal.rtc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.source.Microphone;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingDeviceTest {
    private static final Microphone DEFAULT = new Microphone(null);
    private static final Microphone HEADSET = microphone("Headset");
    private static final Microphone DESK = microphone("Desk");

    private final List<String> chosen = new ArrayList<>();
    private String broken = "";
    private final RecordingDevice device = new RecordingDevice(new AudioPath() {
        @Override
        public List<AudioDevice> attached() {
            return List.of(new AudioDevice("Desk", "") {}, new AudioDevice("Headset", "") {});
        }

        @Override
        public void choose(AudioDevice each) {
            chosen.add(each.getName());
            if (each.getName().equals(broken)) {
                throw new IllegalStateException("no such device");
            }
        }

        @Override
        public void stop() {
            chosen.add("stop");
        }

        @Override
        public void start() {
            chosen.add("start");
        }

        @Override
        public void settle(AudioDevice each, boolean wait) {
            chosen.add("settle " + each.getName());
        }
    });

    private static Microphone microphone(String name) {
        return new Microphone(new MediaDevice(MediaDevice.Kind.MICROPHONE, name, name));
    }

    @Test
    void otherMicrophoneIsRefusedWhileOneRecordsAndTheDeviceStays() {
        device.acquire(HEADSET);

        assertThatExceptionOfType(MediaUnavailableException.class)
                .isThrownBy(() -> device.acquire(DESK))
                .withMessageContaining("Headset")
                .withMessageContaining("Desk")
                .withMessageContaining("MediaEngine of its own")
                .matches(failure -> failure.missing() == MediaUnavailableException.Missing.MICROPHONE);

        assertThat(chosen).containsExactly("Headset");
    }

    @Test
    void microphoneIsExchangedWhileItIsSent() {
        device.acquire(HEADSET);
        device.exchange(DESK, true);
        device.acquire(DESK);

        assertThat(chosen).containsExactly("Headset", "stop", "Desk", "start", "settle Desk");
    }

    @Test
    void chosenMicrophoneIsUsedWhenRecordingBegins() {
        device.acquire(HEADSET);
        device.started();

        assertThat(chosen).containsExactly("Headset", "settle Headset");
    }

    @Test
    void defaultMicrophoneStaysWhereTheSystemPutsIt() {
        device.acquire(DEFAULT);
        device.started();

        assertThat(chosen).containsExactly("Desk");
    }

    @Test
    void exchangedMicrophoneIsNotStartedBeforeItIsSent() {
        device.acquire(HEADSET);
        device.exchange(DESK, false);

        assertThat(chosen).containsExactly("Headset", "stop", "Desk");
    }

    @Test
    void formerMicrophoneContinuesIfTheOtherOneDoesNotStart() {
        device.acquire(HEADSET);
        broken = "Desk";

        assertThatExceptionOfType(MediaUnavailableException.class)
                .isThrownBy(() -> device.exchange(DESK, true))
                .withMessageContaining("Desk");

        assertThat(chosen).containsExactly("Headset", "stop", "Desk", "stop", "Headset", "start");
        device.acquire(HEADSET);
    }

    @Test
    void sameMicrophoneAndTheDefaultShareTheOneInUse() {
        device.acquire(HEADSET);
        device.acquire(HEADSET);
        device.acquire(DEFAULT);

        assertThat(chosen).containsExactly("Headset");
    }

    @Test
    void nextMicrophoneMayBeChosenAfterTheLastRelease() {
        device.acquire(HEADSET);
        device.acquire(HEADSET);
        device.release();
        assertThatExceptionOfType(MediaUnavailableException.class).isThrownBy(() -> device.acquire(DESK));
        device.release();

        device.acquire(DESK);

        assertThat(chosen).containsExactly("Headset", "Desk");
    }

    @Test
    void microphoneThatIsNotAttachedIsNotTakenIntoUse() {
        assertThatExceptionOfType(MediaUnavailableException.class)
                .isThrownBy(() -> device.acquire(microphone("Gone")))
                .withMessageContaining("no longer attached");

        device.acquire(DESK);
        assertThat(chosen).containsExactly("Desk");
    }
}
