package dev.videosession.media;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.VideoFeed;

/** The receiving end: answers offers and fills two feeds. See {@link PeerLink} for threads and errors. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class IncomingLink extends PeerLink {
    IncomingLink() {}

    /**
     * The pictures that come in.
     *
     * @return the feed; it keeps its last frame after the link is closed
     */
    public VideoFeed video() {
        throw new UnsupportedOperationException();
    }

    /**
     * The sound that comes in.
     *
     * @return the feed
     */
    public AudioFeed audio() {
        throw new UnsupportedOperationException();
    }

    /**
     * Lets arriving pictures into the feed or drops them. To save the bandwidth ask the sender to pause.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        throw new UnsupportedOperationException();
    }

    /**
     * Plays arriving sound and lets it into the feed, or drops it. To save the bandwidth ask the sender to pause.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        throw new UnsupportedOperationException();
    }
}
