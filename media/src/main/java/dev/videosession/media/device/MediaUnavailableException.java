package dev.videosession.media.device;

import org.jspecify.annotations.Nullable;

/**
 * Media that was asked for cannot be had on this machine: no camera, no microphone, no display, a missing system
 * library, or a device that another program holds. The message says what is missing and what to do about it.
 */
public final class MediaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What could not be had. */
    public enum Missing {
        /** The native media library or a system library it needs. */
        NATIVE_LIBRARY,
        /** A camera: none is attached, the named one is absent, or it does not start. */
        CAMERA,
        /** A microphone: none is attached, the named one is absent, or this engine is headless. */
        MICROPHONE,
        /** A screen: the program runs without a display. */
        SCREEN
    }

    /** What could not be had. */
    private final Missing missing;

    /**
     * Says what is missing.
     *
     * @param missing what could not be had
     * @param message what is missing and what to do, for a person
     */
    public MediaUnavailableException(Missing missing, String message) {
        this(missing, message, null);
    }

    /**
     * Says what is missing, with the failure behind it.
     *
     * @param missing what could not be had
     * @param message what is missing and what to do, for a person
     * @param cause the failure underneath, or null
     */
    public MediaUnavailableException(Missing missing, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.missing = missing;
    }

    /**
     * What could not be had.
     *
     * @return the kind of thing that is missing
     */
    public Missing missing() {
        return missing;
    }
}
