package dev.videosession.server.internal.router;

import dev.videosession.protocol.rtp.MediaKind;

/** Receives what the router says about one publication. Called on the room's executor. */
public interface PublicationListener {
    /**
     * The router answers an offer.
     *
     * @param number of the offer
     * @param sdp as the router wrote it, with its candidates
     */
    void onAnswer(int number, String sdp);

    /** Media can flow from the publisher. */
    void onConnected();

    /**
     * The publication is over and closed: the router refuses it.
     *
     * @param refusal the kind
     * @param reason for people
     */
    void onRefused(RouterRefusal refusal, String reason);

    /**
     * The publication is over and closed: the path broke, or the router failed.
     *
     * @param reason for the log
     */
    void onEnded(String reason);

    /**
     * The router receives media of one kind again, or none for about a second.
     *
     * @param kind audio or video
     * @param receiving whether it arrives
     */
    void onMedia(MediaKind kind, boolean receiving);

    /**
     * Packets of the publisher are lost on the way to the router.
     *
     * @param kind audio or video
     * @param lost packets in the last second
     */
    void onSlowLink(MediaKind kind, int lost);
}
