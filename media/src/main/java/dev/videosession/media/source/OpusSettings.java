package dev.videosession.media.source;

/**
 * How audio is encoded with Opus (RFC 7587). The settings apply to the encoder of this program and need nothing of the peer.
 *
 * @param maxBitrate the highest average bitrate in bits a second, 6,000 to 510,000; 0 leaves it to the encoder, which sends about
 *     32,000 for one channel
 * @param dtx whether silence is sent as a few comfort-noise packets a second (discontinuous transmission)
 * @param stereo whether two channels are encoded; useful only with a source of two channels
 */
public record OpusSettings(int maxBitrate, boolean dtx, boolean stereo) {
    /** The lowest bitrate in bits a second. */
    public static final int LOWEST_BITRATE = 6_000;

    /** The highest bitrate in bits a second. */
    public static final int HIGHEST_BITRATE = 510_000;

    /** The settings of the encoder: one channel, no discontinuous transmission. */
    public static final OpusSettings DEFAULT = new OpusSettings(0, false, false);

    /**
     * Checks the bitrate.
     *
     * @throws IllegalArgumentException if the bitrate is out of range
     */
    public OpusSettings {
        if (maxBitrate != 0 && (maxBitrate < LOWEST_BITRATE || maxBitrate > HIGHEST_BITRATE)) {
            throw new IllegalArgumentException("The bitrate of Opus must be 0 or " + LOWEST_BITRATE + " to "
                    + HIGHEST_BITRATE + " bits a second, not " + maxBitrate + ".");
        }
    }
}
