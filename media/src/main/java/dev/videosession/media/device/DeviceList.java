package dev.videosession.media.device;

import java.util.List;

/**
 * The devices of this machine at one moment, in the order of the operating system.
 *
 * @param cameras the attached cameras
 * @param microphones the attached microphones
 * @param speakers the attached speakers
 */
public record DeviceList(List<MediaDevice> cameras, List<MediaDevice> microphones, List<MediaDevice> speakers) {
    /** Copies the lists. */
    public DeviceList {
        cameras = List.copyOf(cameras);
        microphones = List.copyOf(microphones);
        speakers = List.copyOf(speakers);
    }
}
