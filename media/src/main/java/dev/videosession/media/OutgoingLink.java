package dev.videosession.media;

import dev.videosession.media.link.LinkSettings;

/**
 * The sending end: makes the offers. The first offer goes out by itself; see {@link PeerLink} for threads and errors.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class OutgoingLink extends PeerLink {
    OutgoingLink() {}

    /**
     * Looks for a new path: makes an offer with new ICE credentials and the next number. Use it when the link is
     * DISCONNECTED for some seconds or FAILED, or when an offer or answer may have been lost.
     */
    public void restartIce() {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets what the video of this link may spend; takes effect without negotiation.
     *
     * @param settings the limits
     */
    public void setSettings(LinkSettings settings) {
        throw new UnsupportedOperationException();
    }

    /**
     * The limits last set.
     *
     * @return at first {@link LinkSettings#UNLIMITED}
     */
    public LinkSettings settings() {
        throw new UnsupportedOperationException();
    }

    /**
     * Limits the video bitrate.
     *
     * @param bitsPerSecond 0 for no limit
     */
    public void setMaxBitrate(int bitsPerSecond) {
        setSettings(settings().withMaxBitrate(bitsPerSecond));
    }

    /**
     * Limits the frame rate.
     *
     * @param framesPerSecond 0 for no limit
     */
    public void setMaxFramerate(double framesPerSecond) {
        setSettings(settings().withMaxFramerate(framesPerSecond));
    }

    /**
     * Sends a smaller picture.
     *
     * @param factor 1 for the source's size, 2 for half of it in each direction
     */
    public void setScaleResolutionDownBy(double factor) {
        setSettings(settings().withScaleResolutionDownBy(factor));
    }

    /**
     * Pauses or resumes video to this peer only; while paused nothing is encoded or sent.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        throw new UnsupportedOperationException();
    }

    /**
     * Pauses or resumes audio to this peer only.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        throw new UnsupportedOperationException();
    }
}
