package dev.videosession.media.internal.link;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.sdp.SessionDescription;

/** A description of a peer: one that fits the grammar, or the reason why it does not. */
public sealed interface RemoteDescription permits LinkDescription, RemoteDescription.Refused {
    /** {@return the negotiation that it belongs to} */
    int negotiation();

    /** {@return offer or answer} */
    DescriptionKind kind();

    /**
     * Parses the text of a peer.
     *
     * @param negotiation the negotiation that it belongs to
     * @param kind offer or answer
     * @param sdp any text
     * @return a {@link LinkDescription} if the text fits the grammar
     */
    static RemoteDescription parse(int negotiation, DescriptionKind kind, String sdp) {
        try {
            return new LinkDescription(negotiation, SessionDescription.parse(kind, sdp));
        } catch (MalformedSdpException e) {
            return new Refused(negotiation, kind, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A description that does not fit the grammar. It ends its negotiation.
     *
     * @param negotiation the negotiation that it belongs to
     * @param kind offer or answer
     * @param reason for the log
     */
    record Refused(int negotiation, DescriptionKind kind, String reason) implements RemoteDescription {}
}
