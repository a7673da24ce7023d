package dev.videosession.server.internal.router;

import dev.videosession.protocol.rtp.MediaKind;
import dev.videosession.protocol.sdp.SessionDescription;

/** The end of a router that receives one stream. All methods may be called on any thread and return at once. */
public interface RoutedPublication extends AutoCloseable {
    /**
     * Takes an offer of the publisher, the first or a later one. An offer while the last one is not yet answered replaces it.
     *
     * @param number comes back with the answer
     * @param offer without candidates
     */
    void offer(int number, SessionDescription offer);

    /**
     * Stops forwarding one kind of media, or forwards it again, whatever the publisher sends.
     *
     * @param kind audio or video
     * @param muted true to stop
     */
    void mute(MediaKind kind, boolean muted);

    /** Stops the media at once and releases the end. Its subscriptions get no more media. */
    @Override
    void close();
}
