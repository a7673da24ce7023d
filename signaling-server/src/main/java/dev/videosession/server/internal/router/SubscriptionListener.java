package dev.videosession.server.internal.router;

import dev.videosession.protocol.rtp.MediaKind;

/** Receives what the router says about one subscription. Called on the room's executor. */
public interface SubscriptionListener {
    /**
     * The router offers. There may be fewer offers than requests for one.
     *
     * @param number comes back with the answer
     * @param sdp as the router wrote it, with its candidates. An offer of another peer connection of the router's, which has nothing
     *     to do with earlier ones, has another session id
     */
    void onOffer(int number, String sdp);

    /** Media can flow to the subscriber. */
    void onConnected();

    /**
     * The subscription is over and closed: the router refuses it, or an answer.
     *
     * @param refusal the kind
     * @param reason for people
     */
    void onRefused(RouterRefusal refusal, String reason);

    /**
     * The subscription is over and closed: the path broke, or the router failed.
     *
     * @param reason for the log
     */
    void onEnded(String reason);

    /**
     * Packets are lost on the way to the subscriber.
     *
     * @param kind audio or video
     * @param lost packets in the last second
     */
    void onSlowLink(MediaKind kind, int lost);
}
