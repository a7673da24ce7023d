package dev.videosession.media.internal.link;

import dev.videosession.protocol.ice.TrickledCandidate;
import org.jspecify.annotations.Nullable;

/**
 * A candidate of one end of a link, or the end of its candidates.
 *
 * @param negotiation the negotiation that it belongs to, see {@link LinkDescription#negotiation()}
 * @param mid the media id of its section, or null if only the index is known
 * @param index the position of its section, from 0
 * @param candidate the candidate
 */
public record LinkCandidate(int negotiation, @Nullable String mid, int index, TrickledCandidate candidate)
        implements RemoteCandidate {}
