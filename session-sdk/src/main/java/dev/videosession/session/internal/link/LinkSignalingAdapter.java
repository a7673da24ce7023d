package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkCandidate;
import dev.videosession.media.internal.link.LinkDescription;
import dev.videosession.media.internal.link.LinkSignaling;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.link.RemoteCandidate;
import dev.videosession.media.internal.link.RemoteDescription;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;
import java.util.function.Consumer;

/** Carries what one end of a media link has to say to the server, and what the other end said to the media. */
public final class LinkSignalingAdapter implements LinkSignaling {
    private final SignalingPort line;
    private final LinkId linkId;
    private final Consumer<LinkState> onState;
    private final CandidateBatch batch;

    /** States are reported on the loop. */
    public LinkSignalingAdapter(SignalingPort line, LinkId linkId, Consumer<LinkState> onState) {
        this.line = line;
        this.linkId = linkId;
        this.onState = onState;
        this.batch = new CandidateBatch(line, linkId);
    }

    @Override
    public void sendDescription(LinkDescription description) {
        post(new LinkMessage.Description(
                linkId,
                description.negotiation(),
                description.kind(),
                description.description().toSdp()));
    }

    @Override
    public void sendCandidate(LinkCandidate candidate) {
        post(new LinkMessage.Candidate(
                linkId, candidate.negotiation(), candidate.candidate().toSdp(), candidate.mid(), candidate.index()));
    }

    private void post(LinkMessage message) {
        line.loop().execute(() -> batch.send(message));
    }

    @Override
    public void stateChanged(LinkState state) {
        line.loop().execute(() -> onState.accept(state));
    }

    /** Hands a message of the other end to the media; a restart request is not among those. */
    public static void deliver(PeerLink link, LinkMessage message) {
        if (message instanceof LinkMessage.Description description) {
            link.remoteDescription(
                    RemoteDescription.parse(description.negotiation(), description.kind(), description.sdp()));
        } else if (message instanceof LinkMessage.Candidate candidate) {
            deliver(link, candidate);
        } else if (message instanceof LinkMessage.Candidates batch) {
            batch.split().forEach(candidate -> deliver(link, candidate));
        }
    }

    private static void deliver(PeerLink link, LinkMessage.Candidate candidate) {
        link.remoteCandidate(RemoteCandidate.parse(
                candidate.negotiation(), candidate.sdpMid(), candidate.sdpMLineIndex(), candidate.candidate()));
    }
}
