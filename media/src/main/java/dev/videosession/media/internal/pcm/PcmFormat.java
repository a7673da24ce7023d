package dev.videosession.media.internal.pcm;

/**
 * A format of 16-bit PCM audio.
 *
 * @param sampleRate frames a second, {@value #LOWEST_RATE} to {@value #HIGHEST_RATE}
 * @param channels 1 to {@value #MOST_CHANNELS}, interleaved
 */
public record PcmFormat(int sampleRate, int channels) {
    /** Lowest sample rate that can be sent, in hertz. */
    public static final int LOWEST_RATE = 8_000;

    /** Highest sample rate that can be sent, in hertz. */
    public static final int HIGHEST_RATE = 192_000;

    /** Most channels that can be mixed down. */
    public static final int MOST_CHANNELS = 8;

    /**
     * Checks that the format can be sent.
     *
     * @throws IllegalArgumentException if the rate or the number of channels is out of range
     */
    public PcmFormat {
        if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) {
            throw new IllegalArgumentException("The sample rate of audio must be " + LOWEST_RATE + " to " + HIGHEST_RATE
                    + " hertz, not " + sampleRate + ". Resample it before you push it.");
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("Audio must have 1 to " + MOST_CHANNELS + " channels, not " + channels
                    + ". Mix it down before you push it.");
        }
    }

    /**
     * Checks the length of a block.
     *
     * @param samples the block
     * @param frames the frames that it must hold
     * @throws IllegalArgumentException if {@code frames} is negative or the array is too short for them
     */
    public void requireBlock(short[] samples, int frames) {
        if (frames < 0 || (long) frames * channels > samples.length) {
            throw new IllegalArgumentException("A block of " + frames + " frames with " + channels + " channels needs "
                    + (long) frames * channels + " samples, but the array has " + samples.length + ".");
        }
    }
}
