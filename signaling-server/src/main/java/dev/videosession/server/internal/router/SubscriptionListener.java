package dev.videosession.server.internal.router;

/** Receives what the router says about one subscription. Called on the room's executor. */
public interface SubscriptionListener extends RoutedPathListener {
    /**
     * The router offers. There may be fewer offers than requests for one.
     *
     * @param number comes back with the answer
     * @param sdp as the router wrote it, with its candidates. An offer of another peer connection of the router's, which has nothing
     *     to do with earlier ones, has another session id
     */
    void onOffer(int number, String sdp);
}
