package dev.videosession.media.internal.rtc.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.onvoid.webrtc.media.audio.AudioDevice;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayoutDeviceTest {
    private static final MediaDevice HEADSET = speaker("Headset");

    private final List<String> calls = new ArrayList<>();
    private String broken = "";
    private final PlayoutDevice device = new PlayoutDevice(new PlayoutDevice.Playback() {
        @Override
        public List<AudioDevice> attached() {
            return List.of(new AudioDevice("Desk", "") {}, new AudioDevice("Headset", "") {});
        }

        @Override
        public void choose(AudioDevice each) {
            calls.add(each.getName());
            if (each.getName().equals(broken)) {
                throw new IllegalStateException("no such device");
            }
        }

        @Override
        public void stop() {
            calls.add("stop");
        }

        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public void settle(AudioDevice each, boolean wait) {
            calls.add("settle " + each.getName());
        }

        @Override
        public void setVolume(int percent) {
            calls.add("volume " + percent);
        }
    });

    private static MediaDevice speaker(String name) {
        return new MediaDevice(MediaDevice.Kind.SPEAKER, name, name);
    }

    @Test
    void speakerIsExchangedWhileItPlaysAndKeepsTheVolume() {
        device.setVolume(40);
        device.choose(HEADSET, true);

        assertThat(calls).containsExactly("volume 40", "stop", "Headset", "start", "settle Headset", "volume 40");
        assertThat(device.chosen()).contains(HEADSET);
    }

    @Test
    void speakerIsNotStartedBeforeSomethingIsPlayed() {
        device.choose(HEADSET, false);
        device.choose(null, false);

        assertThat(calls).containsExactly("stop", "Headset", "stop", "Desk");
        assertThat(device.chosen()).isEmpty();
    }

    @Test
    void formerSpeakerContinuesIfTheOtherOneDoesNotStart() {
        broken = "Headset";

        assertThatExceptionOfType(MediaUnavailableException.class)
                .isThrownBy(() -> device.choose(HEADSET, true))
                .matches(failure -> failure.missing() == MediaUnavailableException.Missing.SPEAKER);

        assertThat(calls).containsExactly("stop", "Headset", "stop", "Desk", "start");
        assertThat(device.chosen()).isEmpty();
    }

    @Test
    void removedSpeakerIsNamed() {
        assertThatExceptionOfType(MediaUnavailableException.class)
                .isThrownBy(() -> device.choose(speaker("Hall"), true))
                .withMessageContaining("Hall");
        assertThat(calls).isEmpty();
    }
}
