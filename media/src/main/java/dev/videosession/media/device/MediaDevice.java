package dev.videosession.media.device;

/**
 * A device of this machine, as the operating system names it.
 *
 * @param kind camera, microphone or speaker
 * @param id the operating system's identifier, or the name if it gives none (audio devices on Linux); stable while the device stays
 *     attached
 * @param name a name to show to users
 */
public record MediaDevice(Kind kind, String id, String name) {
    /** What a device does. */
    public enum Kind {
        /** Records video. */
        CAMERA,
        /** Records audio. */
        MICROPHONE,
        /** Plays audio. */
        SPEAKER
    }
}
