package dev.videosession.app.device;

import dev.videosession.app.synthetic.SyntheticCamera;
import dev.videosession.app.text.Texts;
import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the sources of devices; synthetic ones are scenes and tones that differ for each user and device. */
final class MediaSources {
    private static final int LOWEST_TONE = 300;
    private static final int TONE_STEP = 300;
    private static final float HUE_STEP = 0.5f;
    private static final int SYNTHETIC = 2;
    private static final List<MediaDevice> CAMERAS = synthetic(MediaDevice.Kind.CAMERA, "device.syntheticCamera");
    private static final List<MediaDevice> MICROPHONES =
            synthetic(MediaDevice.Kind.MICROPHONE, "device.syntheticMicrophone");

    private final boolean synthetic;

    MediaSources(boolean synthetic) {
        this.synthetic = synthetic;
    }

    private static List<MediaDevice> synthetic(MediaDevice.Kind kind, String key) {
        return IntStream.rangeClosed(1, SYNTHETIC)
                .mapToObj(number -> new MediaDevice(kind, "synthetic-" + number, Texts.of(key, number)))
                .toList();
    }

    /** {@return the list with synthetic cameras and microphones in place of the attached ones, if they are used} */
    DeviceList offered(DeviceList attached) {
        return synthetic ? new DeviceList(CAMERAS, MICROPHONES, attached.speakers()) : attached;
    }

    VideoSource camera(@Nullable MediaDevice device, String user) {
        if (!synthetic) {
            return VideoSources.camera(device, VideoFormat.P360);
        }
        float hue = SyntheticCamera.hueOf(user) + HUE_STEP * Math.max(0, CAMERAS.indexOf(device));
        return new SyntheticCamera(VideoFormat.P360, hue % 1);
    }

    AudioSource microphone(@Nullable MediaDevice device, String user) {
        return synthetic ? tone(device, user) : AudioSources.microphone(device);
    }

    /** {@return the microphone as a level meter records it} */
    LevelSource level(@Nullable MediaDevice device, String user) {
        return synthetic ? LevelSource.of(tone(device, user)) : LevelSource.of(device);
    }

    private static PushedAudioSource tone(@Nullable MediaDevice device, String user) {
        return AudioSources.tone(
                LOWEST_TONE + (user.hashCode() & 0xFF) + TONE_STEP * Math.max(0, MICROPHONES.indexOf(device)));
    }
}
