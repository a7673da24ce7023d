package dev.videosession.media.internal.link;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.sdp.SessionDescription;

/**
 * An offer or an answer of a link.
 *
 * @param negotiation the negotiation that it belongs to: each offer of a link counts one higher, its answer repeats the number
 * @param description the description
 */
public record LinkDescription(int negotiation, SessionDescription description) implements RemoteDescription {
    @Override
    public DescriptionKind kind() {
        return description.kind();
    }
}
