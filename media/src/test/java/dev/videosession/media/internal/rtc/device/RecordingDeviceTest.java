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
    private final RecordingDevice device = new RecordingDevice(new RecordingDevice.Module() {
        @Override
        public List<AudioDevice> attached() {
            return List.of(new AudioDevice("Desk", "") {}, new AudioDevice("Headset", "") {});
        }

        @Override
        public void choose(AudioDevice each) {
            chosen.add(each.getName());
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
