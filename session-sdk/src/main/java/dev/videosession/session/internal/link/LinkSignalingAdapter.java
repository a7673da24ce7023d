package dev.videosession.session.internal.link;

import dev.videosession.media.internal.link.LinkCandidate;
import dev.videosession.media.internal.link.LinkDescription;
import dev.videosession.media.internal.link.LinkSignaling;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.PeerLink;
import dev.videosession.media.internal.link.RemoteCandidate;
import dev.videosession.media.internal.link.RemoteDescription;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.LinkMessage;
import java.util.function.Consumer;

/** Sends the descriptions and candidates of a media link to the server, and delivers those of the remote peer to the link. */
public final class LinkSignalingAdapter implements LinkSignaling {
    private final SignalingPort signaling;
    private final LinkId linkId;
    private final Consumer<LinkState> onState;
    private final CandidateBatch batch;

    /** States are reported on the loop. */
    public LinkSignalingAdapter(SignalingPort signaling, LinkId linkId, Consumer<LinkState> onState) {
        this.signaling = signaling;
        this.linkId = linkId;
        this.onState = onState;
        this.batch = new CandidateBatch(signaling, linkId);
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
        signaling.loop().execute(() -> batch.send(message));
    }

    @Override
    public void stateChanged(LinkState state) {
        signaling.loop().execute(() -> onState.accept(state));
    }

    /**
     * Passes a message of the remote peer to the media. A request to restart and the state of the fallback are
     * not for the media: they are handled before.
     */
    public static void deliver(PeerLink link, LinkMessage message) {
        message.accept(new Delivery(link));
    }

    private record Delivery(PeerLink link) implements LinkMessage.Visitor<Void> {
        @Override
        public Void onDescription(LinkMessage.Description message) {
            link.remoteDescription(RemoteDescription.parse(message.negotiation(), message.kind(), message.sdp()));
            return null;
        }

        @Override
        public Void onCandidate(LinkMessage.Candidate message) {
            link.remoteCandidate(RemoteCandidate.parse(
                    message.negotiation(), message.sdpMid(), message.sdpMLineIndex(), message.candidate()));
            return null;
        }

        @Override
        public Void onCandidates(LinkMessage.Candidates message) {
            message.split().forEach(this::onCandidate);
            return null;
        }

        @Override
        public Void onRestart(LinkMessage.Restart message) {
            return null;
        }

        @Override
        public Void onReception(LinkMessage.ReceptionReport message) {
            return null;
        }

        @Override
        public Void onProbe(LinkMessage.Probe message) {
            return null;
        }

        @Override
        public Void onFallback(LinkMessage.Fallback message) {
            return null;
        }
    }
}
