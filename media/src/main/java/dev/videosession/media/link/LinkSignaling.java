package dev.videosession.media.link;

/**
 * What a link needs from the program around it: somebody who carries descriptions and candidates to the other end. All
 * methods are called on the engine's media thread, one at a time and in order, never while a lock is held; return
 * quickly. An exception thrown here is logged and changes nothing. After {@link LinkState#CLOSED} nothing more is called.
 */
public interface LinkSignaling {
    /**
     * The other end must get this description.
     *
     * @param description an offer from an outgoing link, an answer from an incoming one
     */
    void sendDescription(SessionDescription description);

    /**
     * The other end must get this candidate, after the description of the same number.
     *
     * @param candidate a path to this end
     */
    void sendCandidate(IceCandidate candidate);

    /**
     * The link fares differently now. Each state is told once until it changes; CLOSED is the last call.
     *
     * @param state the new state
     */
    default void stateChanged(LinkState state) {}
}
