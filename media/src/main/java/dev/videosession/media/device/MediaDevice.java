package dev.videosession.media.device;

import org.jspecify.annotations.Nullable;

/**
 * A device of this machine, as the operating system names it.
 *
 * @param kind camera, microphone or speaker
 * @param id the operating system's identifier, or the name where it gives none (sound devices on Linux); stable while the
 *     device stays attached
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

    /**
     * Whether this is the device the operating system describes so.
     *
     * @param descriptor its identifier, or null
     * @param otherName its name
     * @return true when the identifier, or without one the name, is this device's
     */
    public boolean matches(@Nullable String descriptor, String otherName) {
        return id.equals(idOf(descriptor, otherName));
    }

    static String idOf(@Nullable String descriptor, String name) {
        return descriptor == null || descriptor.isEmpty() ? name : descriptor;
    }
}
