package dev.videosession.media.internal.link;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signaling of one link. Sends a candidate only after the description of its negotiation, and logs what the signaling throws.
 * Confined to the media loop.
 */
final class OrderedSignaling {
    private static final Logger LOG = LoggerFactory.getLogger(OrderedSignaling.class);

    private final LinkSignaling signaling;
    private final List<LinkCandidate> unsentCandidates = new ArrayList<>();

    OrderedSignaling(LinkSignaling signaling) {
        this.signaling = signaling;
    }

    /** Sends a description, then the candidates that waited for it. */
    void send(LinkDescription description) {
        call("sendDescription", () -> signaling.sendDescription(description));
        List<LinkCandidate> candidates = List.copyOf(unsentCandidates);
        unsentCandidates.clear();
        candidates.forEach(this::send);
    }

    /** Sends a candidate of a description that was sent. */
    void send(LinkCandidate candidate) {
        call("sendCandidate", () -> signaling.sendCandidate(candidate));
    }

    /** Keeps a candidate until its description is sent. */
    void keep(LinkCandidate candidate) {
        unsentCandidates.add(candidate);
    }

    /** Drops the candidates that wait for a description. */
    void dropCandidates() {
        unsentCandidates.clear();
    }

    void stateChanged(LinkState state) {
        call("stateChanged", () -> signaling.stateChanged(state));
    }

    private static void call(String method, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("event=linkSignalingFailed method={}", method, e);
        }
    }
}
