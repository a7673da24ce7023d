package dev.videosession.media.source;

/**
 * What is done to the audio of a microphone before it is sent. The native library has one strength of noise suppression.
 *
 * @param echoCancellation whether audio that the engine plays is removed from what the microphone records
 * @param autoGainControl whether quiet and loud voices are brought to one level
 * @param noiseSuppression whether steady noise is removed; music and steady tones suffer from it
 * @param highPassFilter whether frequencies below speech are removed
 */
public record AudioProcessing(
        boolean echoCancellation, boolean autoGainControl, boolean noiseSuppression, boolean highPassFilter) {
    /** Everything is on: for speech. */
    public static final AudioProcessing SPEECH = new AudioProcessing(true, true, true, true);

    /** Everything is off: for music, and for devices that process their audio. */
    public static final AudioProcessing NONE = new AudioProcessing(false, false, false, false);

    /**
     * Turns echo cancellation on or off.
     *
     * @param on whether echo is removed
     * @return a copy
     */
    public AudioProcessing withEchoCancellation(boolean on) {
        return new AudioProcessing(on, autoGainControl, noiseSuppression, highPassFilter);
    }

    /**
     * Turns gain control on or off.
     *
     * @param on whether levels are evened out
     * @return a copy
     */
    public AudioProcessing withAutoGainControl(boolean on) {
        return new AudioProcessing(echoCancellation, on, noiseSuppression, highPassFilter);
    }

    /**
     * Turns noise suppression on or off.
     *
     * @param on whether noise is removed
     * @return a copy
     */
    public AudioProcessing withNoiseSuppression(boolean on) {
        return new AudioProcessing(echoCancellation, autoGainControl, on, highPassFilter);
    }
}
