package dev.videosession.media.device;

import java.util.List;

/** What is attached to this machine. Enumerating takes milliseconds to a second: not for the Swing thread. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class Devices {
    private Devices() {}

    /**
     * All cameras.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> cameras() {
        throw new UnsupportedOperationException();
    }

    /**
     * All microphones.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> microphones() {
        throw new UnsupportedOperationException();
    }

    /**
     * All speakers.
     *
     * @return possibly none
     * @throws MediaUnavailableException when the native library cannot be loaded
     */
    public static List<MediaDevice> speakers() {
        throw new UnsupportedOperationException();
    }
}
