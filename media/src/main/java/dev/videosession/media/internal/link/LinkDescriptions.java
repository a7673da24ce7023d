package dev.videosession.media.internal.link;

import dev.videosession.media.internal.link.negotiation.Negotiation;
import dev.videosession.media.internal.link.negotiation.NegotiationState;
import dev.videosession.media.internal.link.negotiation.NegotiationState.Event;
import dev.videosession.media.internal.rtc.LocalDescription;
import dev.videosession.media.internal.rtc.RtcConnection;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.IceCandidate;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The descriptions and candidates of one link: they are applied to its connection, and sent to the peer, in the order of its
 * negotiation. Confined to the media loop.
 */
final class LinkDescriptions {
    private static final Logger LOG = LoggerFactory.getLogger(LinkDescriptions.class);

    private final Owner owner;
    private final Negotiation negotiation;
    private final OrderedSignaling signaling;
    private final RemoteCandidates remoteCandidates;
    private long refused;

    /** The link. */
    interface Owner {
        /** {@return the open connection} */
        RtcConnection connection();

        /** Called when a description was applied. */
        void onApplied();

        /** Called when a negotiation has failed, before {@link #onExchangeEnd}: the native library has, or may have, changed something. */
        void onFailed();

        /** Called when the peer's description was refused, before {@link #onExchangeEnd}: the native library got nothing of it. */
        void onRefused();

        /** Called when an exchange has succeeded or failed: one that had to wait can begin. */
        void onExchangeEnd();
    }

    LinkDescriptions(Owner owner, Negotiation negotiation, LinkSignaling signaling, RemoteCandidates remoteCandidates) {
        this.owner = owner;
        this.negotiation = negotiation;
        this.signaling = new OrderedSignaling(signaling);
        this.remoteCandidates = remoteCandidates;
    }

    /** {@return how many descriptions of the peer did not fit the grammar or the rules} */
    long refused() {
        return refused;
    }

    /** {@return how many candidates of the peer were dropped} */
    long droppedCandidates() {
        return remoteCandidates.dropped();
    }

    /** Applies a description of this end, then sends it, then the candidates found since. */
    void applyAndSend(LocalDescription local, Event sent) {
        owner.connection()
                .exchange()
                .applyLocal(
                        local,
                        () -> {
                            if (negotiation.on(sent)) {
                                signaling.send(new LinkDescription(negotiation.number(), local.description()));
                                owner.onApplied();
                                owner.onExchangeEnd();
                            }
                        },
                        this::failed);
    }

    /** Applies the peer's description and the candidates that waited for it. */
    void applyRemote(SessionDescription description, Event applied, Runnable next) {
        SessionDescription permitted = remoteCandidates.filter(description);
        owner.connection()
                .exchange()
                .applyRemote(
                        permitted,
                        () -> {
                            if (negotiation.on(applied)) {
                                remoteCandidates.applied(
                                        negotiation.number(), permitted, owner.connection()::addCandidate);
                                owner.onApplied();
                                next.run();
                            }
                        },
                        this::failed);
    }

    /** Calls with a parsed description. Fails the negotiation if it is not parsed, or the call throws MalformedSdpException. */
    void accept(RemoteDescription remote, Consumer<SessionDescription> call) {
        if (remote instanceof LinkDescription parsed) {
            try {
                call.accept(parsed.description());
            } catch (MalformedSdpException e) {
                refuse(String.valueOf(e.getMessage()));
            }
        } else if (remote instanceof RemoteDescription.Refused malformed) {
            refuse(malformed.reason());
        }
    }

    /** Adds a candidate of the peer, now or when its description is applied. */
    void add(RemoteCandidate candidate) {
        if (candidate instanceof LinkCandidate parsed) {
            remoteCandidates.add(parsed, owner.connection()::addCandidate);
        } else if (candidate instanceof RemoteCandidate.Refused malformed) {
            remoteCandidates.refused(malformed.reason());
        }
    }

    /** Sends a candidate of this end, now or after its description. */
    void send(String mid, int index, IceCandidate found) {
        LinkCandidate candidate = new LinkCandidate(negotiation.number(), mid, index, found);
        if (negotiation.state() == NegotiationState.MAKING_OFFER
                || negotiation.state() == NegotiationState.MAKING_ANSWER) {
            signaling.keep(candidate);
        } else {
            signaling.send(candidate);
        }
    }

    /** Fails a negotiation because the peer's description does not fit the grammar or the rules. */
    private void refuse(String reason) {
        if (!negotiation.on(Event.FAILED)) {
            return;
        }
        if (++refused == 1) {
            LOG.warn("event=descriptionRefused negotiation={} reason=\"{}\"", negotiation.number(), reason);
        } else {
            LOG.debug("event=descriptionRefused negotiation={} reason=\"{}\"", negotiation.number(), reason);
        }
        signaling.dropCandidates();
        owner.onRefused();
        owner.onExchangeEnd();
    }

    /** Fails the negotiation, unless it has ended. */
    void failed(String reason) {
        if (negotiation.on(Event.FAILED)) {
            LOG.warn("event=negotiationFailed negotiation={} reason=\"{}\"", negotiation.number(), reason);
            signaling.dropCandidates();
            owner.onFailed();
            owner.onExchangeEnd();
        }
    }

    /** Tells the application that the state of the link has changed. */
    void stateChanged(LinkState state) {
        signaling.stateChanged(state);
    }

    /** Drops the candidates that wait, at either end. */
    void clear() {
        remoteCandidates.clear();
        signaling.dropCandidates();
    }

    /** Sends a candidate only after the description of its negotiation, and logs what the signaling throws. */
    private static final class OrderedSignaling {
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
}
