package dev.videosession.app.device;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.DeviceList;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import org.jspecify.annotations.Nullable;

/** The cameras and microphones that a user can choose, and the video and audio sources for them. */
public interface MediaSources {
    /**
     * Replaces the devices that the operating system lists by those that the user can choose.
     *
     * @param attached the attached devices
     * @return the same devices, or other cameras and microphones
     */
    DeviceList offered(DeviceList attached);

    /**
     * Makes the source of a camera.
     *
     * @param device one of those offered, or null for the default
     * @param user name of the user
     * @return the source, not started
     */
    VideoSource camera(@Nullable MediaDevice device, String user);

    /**
     * Makes the source of a microphone.
     *
     * @param device one of those offered, or null for the default
     * @param user name of the user
     * @return the source, not started
     */
    AudioSource microphone(@Nullable MediaDevice device, String user);

    /**
     * Makes the source of a microphone that is recorded for its level only.
     *
     * @param device one of those offered, or null for the default
     * @param user name of the user
     * @return the source, not started
     */
    LevelSource level(@Nullable MediaDevice device, String user);

    /** {@return the devices of this machine} */
    static MediaSources attached() {
        return new MediaSources() {
            @Override
            public DeviceList offered(DeviceList attached) {
                return attached;
            }

            @Override
            public VideoSource camera(@Nullable MediaDevice device, String user) {
                return VideoSources.camera(device, VideoFormat.P360);
            }

            @Override
            public AudioSource microphone(@Nullable MediaDevice device, String user) {
                return AudioSources.microphone(device);
            }

            @Override
            public LevelSource level(@Nullable MediaDevice device, String user) {
                return LevelSource.of(device);
            }
        };
    }
}
