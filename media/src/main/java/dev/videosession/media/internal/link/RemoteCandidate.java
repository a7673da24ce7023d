package dev.videosession.media.internal.link;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.TrickledCandidate;
import org.jspecify.annotations.Nullable;

/** A candidate of a peer: one that fits the grammar, or the reason why it does not. */
public sealed interface RemoteCandidate permits LinkCandidate, RemoteCandidate.Refused {
    /**
     * Parses the text of a peer.
     *
     * @param negotiation the negotiation that it belongs to
     * @param mid the media id of its section, or null if only the index is known
     * @param index the position of its section, from 0
     * @param text any text; empty for the end of candidates
     * @return a {@link LinkCandidate} if the text fits the grammar
     */
    static RemoteCandidate parse(int negotiation, @Nullable String mid, int index, String text) {
        try {
            return new LinkCandidate(negotiation, mid, index, TrickledCandidate.parse(text));
        } catch (MalformedSdpException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A candidate that does not fit the grammar. It is dropped.
     *
     * @param reason for the log
     */
    record Refused(String reason) implements RemoteCandidate {}
}
