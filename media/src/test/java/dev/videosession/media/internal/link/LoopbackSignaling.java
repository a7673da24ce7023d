package dev.videosession.media.internal.link;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Signaling inside one process: what one link says, the other hears; a test may stand in between. */
class LoopbackSignaling implements LinkSignaling {
    final List<LinkDescription> descriptions = new CopyOnWriteArrayList<>();
    final List<LinkCandidate> candidates = new CopyOnWriteArrayList<>();
    final List<LinkState> states = new CopyOnWriteArrayList<>();
    volatile Consumer<LinkDescription> toDescription = description -> {};
    volatile Consumer<LinkCandidate> toCandidate = candidate -> {};

    void to(Supplier<? extends PeerLink> other) {
        toDescription = description -> other.get().remoteDescription(description);
        toCandidate = candidate -> other.get().remoteCandidate(candidate);
    }

    @Override
    public void sendDescription(LinkDescription description) {
        descriptions.add(description);
        toDescription.accept(description);
    }

    @Override
    public void sendCandidate(LinkCandidate candidate) {
        candidates.add(candidate);
        toCandidate.accept(candidate);
    }

    @Override
    public void stateChanged(LinkState state) {
        states.add(state);
    }
}
