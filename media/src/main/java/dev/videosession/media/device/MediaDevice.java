package dev.videosession.media.device;

/**
 * A device of this machine, as the operating system names it.
 *
 * @param kind camera, microphone or speaker
 * @param id the operating system's identifier; stable while the device stays attached
 * @param name a name for people
 */
public record MediaDevice(Kind kind, String id, String name) {
    /** What a device does. */
    public enum Kind {
        /** Records pictures. */
        CAMERA,
        /** Records sound. */
        MICROPHONE,
        /** Plays sound. */
        SPEAKER
    }
}
