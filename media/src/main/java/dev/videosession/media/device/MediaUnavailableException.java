package dev.videosession.media.device;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if requested media is not available on this machine: no camera, no microphone, no display, a missing system library, or a
 * device that another program uses. The message says what is missing and what to do.
 */
public final class MediaUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is not available. */
    public enum Missing {
        /** The native media library or a system library that it needs. */
        NATIVE_LIBRARY,
        /** A camera: none is attached, the chosen one is not attached, or it does not start. */
        CAMERA,
        /** A microphone: none is attached, the chosen one is not attached, or the engine is headless. */
        MICROPHONE,
        /** A speaker: the chosen one is not attached, or the engine is headless. */
        SPEAKER,
        /** A screen: the program runs without a display. */
        SCREEN
    }

    /** What is not available. */
    private final Missing missing;

    /**
     * Creates an exception without a cause.
     *
     * @param missing what is not available
     * @param message what is missing and what to do
     */
    public MediaUnavailableException(Missing missing, String message) {
        this(missing, message, null);
    }

    /**
     * Creates an exception.
     *
     * @param missing what is not available
     * @param message what is missing and what to do
     * @param cause the failure behind it, or null
     */
    public MediaUnavailableException(Missing missing, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.missing = missing;
    }

    /** {@return what is not available} */
    public Missing missing() {
        return missing;
    }
}
