package dev.videosession.server.internal.router;

import dev.videosession.protocol.rtp.MediaKind;

/** Receives what the router says about one publication. Called on the room's executor. */
public interface PublicationListener extends RoutedPathListener {
    /**
     * The router answers an offer.
     *
     * @param number of the offer
     * @param sdp as the router wrote it, with its candidates
     */
    void onAnswer(int number, String sdp);

    /**
     * The router receives media of one kind again, or none for about a second.
     *
     * @param kind audio or video
     * @param receiving whether it arrives
     */
    void onMedia(MediaKind kind, boolean receiving);
}
