package dev.videosession.app.synthetic;

import dev.videosession.app.device.LevelSource;
import dev.videosession.app.device.MediaSources;
import dev.videosession.app.text.Texts;
import dev.videosession.media.AudioSources;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Drawn persons and tones in place of cameras and microphones; they differ for each user and device. */
public final class SyntheticMedia implements MediaSources {
    private static final int LOWEST_TONE = 300;
    private static final int TONE_STEP = 300;
    private static final float HUE_STEP = 0.5f;
    private static final int SYNTHETIC = 2;
    private static final List<MediaDevice> CAMERAS = devices(MediaDevice.Kind.CAMERA, "device.syntheticCamera");
    private static final List<MediaDevice> MICROPHONES =
            devices(MediaDevice.Kind.MICROPHONE, "device.syntheticMicrophone");

    private final boolean stamped;

    /**
     * Two cameras and two microphones.
     *
     * @param stamped whether each frame carries its number and time, see {@link EdgeStamp}
     */
    public SyntheticMedia(boolean stamped) {
        this.stamped = stamped;
    }

    private static List<MediaDevice> devices(MediaDevice.Kind kind, String key) {
        return IntStream.rangeClosed(1, SYNTHETIC)
                .mapToObj(number -> new MediaDevice(kind, "synthetic-" + number, Texts.of(key, number)))
                .toList();
    }

    @Override
    public DeviceList offered(DeviceList attached) {
        return new DeviceList(CAMERAS, MICROPHONES, attached.speakers());
    }

    @Override
    public VideoSource camera(@Nullable MediaDevice device, String user) {
        float hue = SyntheticCamera.hueOf(user) + HUE_STEP * Math.max(0, CAMERAS.indexOf(device));
        return new SyntheticCamera(VideoFormat.P360, hue % 1, stamped);
    }

    @Override
    public AudioSource microphone(@Nullable MediaDevice device, String user) {
        return tone(device, user);
    }

    @Override
    public LevelSource level(@Nullable MediaDevice device, String user) {
        return LevelSource.of(tone(device, user));
    }

    private static PushedAudioSource tone(@Nullable MediaDevice device, String user) {
        return AudioSources.tone(
                LOWEST_TONE + (user.hashCode() & 0xFF) + TONE_STEP * Math.max(0, MICROPHONES.indexOf(device)));
    }
}
