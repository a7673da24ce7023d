package dev.videosession.server.internal.router;

import dev.videosession.protocol.rtp.MediaKind;

/** Receives what the router says about the path of one publication or subscription. Called on the room's executor. */
public interface RoutedPathListener {
    /** Media can flow over the path. */
    void onConnected();

    /**
     * The publication or subscription is over and closed: the router refuses it, or what its client sent.
     *
     * @param refusal the kind
     * @param reason for people
     */
    void onRefused(RouterRefusal refusal, String reason);

    /**
     * The publication or subscription is over and closed: the path broke, or the router failed.
     *
     * @param reason for the log
     */
    void onEnded(String reason);

    /**
     * Packets are lost on the path.
     *
     * @param kind audio or video
     * @param lost packets in the last second
     */
    void onSlowLink(MediaKind kind, int lost);
}
