package dev.videosession.media.internal.link;

/**
 * Carries descriptions and candidates of a link to its peer. Implemented by the user of the link. All methods are called on the engine's
 * media thread, one at a time and in order, with no lock held; they must return quickly. An exception is logged and has no other effect.
 * Nothing is called after {@link LinkState#CLOSED}.
 */
public interface LinkSignaling {
    /**
     * Sends a description to the peer.
     *
     * @param description an offer from an outgoing link, an answer from an incoming one
     */
    void sendDescription(LinkDescription description);

    /**
     * Sends a candidate to the peer, after the description of the same negotiation.
     *
     * @param candidate an address of this end
     */
    void sendCandidate(LinkCandidate candidate);

    /**
     * Called when the link state changes; CLOSED is the last call.
     *
     * @param state the new state
     */
    default void stateChanged(LinkState state) {}
}
