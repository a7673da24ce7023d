package dev.videosession.server.internal.link.negotiation;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.TrickledCandidate;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.protocol.sdp.LinkShape;
import dev.videosession.protocol.sdp.SessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The offers, answers and candidates of one link as they pass the server. Text of one end never reaches the other end:
 * it is parsed, checked against what came before, and rebuilt. Belongs to the session's loop.
 */
final class LinkNegotiation {
    /** Most candidates of one end for one negotiation. */
    static final int MAX_CANDIDATES = 64;

    /** In metrics and logs: the description is well-formed, but the media router cannot use it. */
    private static final String ROUTER_REASON = "router";

    private LinkShape shape = LinkShape.UNFIXED;
    private int number;
    private long offeringSession;
    private @Nullable SessionDescription openOffer;
    private final boolean routerOffers;
    private boolean refusedBefore;
    private final End publisher;
    private final End subscriber;

    /**
     * Begins without descriptions.
     *
     * @param publisherIsRouter whether a media router is the end that offers
     * @param subscriberIsRouter whether it is the end that answers
     */
    LinkNegotiation(boolean publisherIsRouter, boolean subscriberIsRouter) {
        this.routerOffers = publisherIsRouter;
        this.publisher = new End(subscriberIsRouter);
        this.subscriber = new End(publisherIsRouter);
    }

    /** {@return true at the first call, so that one log line is written for a link} */
    boolean isFirstRefusal() {
        boolean first = !refusedBefore;
        refusedBefore = true;
        return first;
    }

    Relayed take(boolean byPublisher, LinkMessage message) {
        return message.accept(byPublisher ? publisher : subscriber);
    }

    private Relayed description(LinkMessage.Description message, boolean toRouter) {
        boolean isOffer = message.kind() == DescriptionKind.OFFER;
        if (isOffer ? message.negotiation() <= number : message.negotiation() != number || openOffer == null) {
            return new Relayed.Dropped(false);
        }
        try {
            SessionDescription parsed = SessionDescription.parse(message.kind(), message.sdp());
            if (openOffer != null && !isOffer) {
                parsed.requireAnswers(openOffer);
            }
            String objection = toRouter ? RouterTerms.objection(parsed) : null;
            if (objection != null) {
                return new Relayed.Refused(refusalCode(isOffer), ROUTER_REASON, objection);
            }
            shape = fixedShape(parsed, isOffer).after(parsed);
            if (isOffer) {
                offeringSession = parsed.sessionId();
            }
            openOffer = isOffer ? parsed : null;
            number = message.negotiation();
            return new Relayed.Forwarded(new LinkMessage.Description(
                    message.linkId(), message.negotiation(), message.kind(), parsed.toSdp()));
        } catch (MalformedSdpException e) {
            return refused(refusalCode(isOffer), e);
        }
    }

    /** An offer of another session (RFC 9429) comes from another peer connection of the router's: nothing earlier binds it. */
    private LinkShape fixedShape(SessionDescription parsed, boolean isOffer) {
        boolean begins = routerOffers && isOffer && parsed.sessionId() != offeringSession;
        return begins ? LinkShape.UNFIXED : shape;
    }

    private static ErrorCode refusalCode(boolean isOffer) {
        return isOffer ? ErrorCode.OFFER_REFUSED : ErrorCode.ANSWER_REFUSED;
    }

    /** Reads what one end sends and counts its candidates for its newest negotiation. */
    private final class End implements LinkMessage.Visitor<Relayed> {
        private final boolean toRouter;
        private int candidatesFor;
        private int candidates;

        End(boolean toRouter) {
            this.toRouter = toRouter;
        }

        @Override
        public Relayed onDescription(LinkMessage.Description message) {
            return description(message, toRouter);
        }

        @Override
        public Relayed onCandidate(LinkMessage.Candidate message) {
            LinkMessage.Candidates.Entry entry =
                    new LinkMessage.Candidates.Entry(message.candidate(), message.sdpMid(), message.sdpMLineIndex());
            return candidates(message.negotiation(), List.of(entry), checked -> {
                LinkMessage.Candidates.Entry only = checked.get(0);
                return new LinkMessage.Candidate(
                        message.linkId(), message.negotiation(), only.candidate(), only.sdpMid(), only.sdpMLineIndex());
            });
        }

        @Override
        public Relayed onCandidates(LinkMessage.Candidates message) {
            return candidates(
                    message.negotiation(),
                    message.candidates(),
                    checked -> new LinkMessage.Candidates(message.linkId(), message.negotiation(), checked));
        }

        /** A candidate may arrive before its offer if it belongs to the next one. A malformed candidate refuses its whole batch. */
        private Relayed candidates(
                int negotiation,
                List<LinkMessage.Candidates.Entry> entries,
                Function<List<LinkMessage.Candidates.Entry>, LinkMessage> rebuilt) {
            if (negotiation < number || negotiation - 1 > number) {
                return new Relayed.Dropped(false);
            }
            List<LinkMessage.Candidates.Entry> checked = new ArrayList<>(entries.size());
            try {
                for (LinkMessage.Candidates.Entry each : entries) {
                    if (admits(negotiation)) {
                        checked.add(rebuild(each));
                    }
                }
            } catch (MalformedSdpException e) {
                return refused(ErrorCode.CANDIDATE_REFUSED, e);
            }
            return checked.isEmpty() ? new Relayed.Dropped(true) : new Relayed.Forwarded(rebuilt.apply(checked));
        }

        private boolean admits(int negotiation) {
            if (negotiation > candidatesFor) {
                candidatesFor = negotiation;
                candidates = 0;
            }
            return negotiation == candidatesFor && ++candidates <= MAX_CANDIDATES;
        }

        @Override
        public Relayed onRestart(LinkMessage.Restart message) {
            return new Relayed.Forwarded(message);
        }

        @Override
        public Relayed onReception(LinkMessage.ReceptionReport message) {
            return new Relayed.Forwarded(message);
        }

        @Override
        public Relayed onProbe(LinkMessage.Probe message) {
            return new Relayed.Forwarded(message);
        }

        @Override
        public Relayed onFallback(LinkMessage.Fallback message) {
            return new Relayed.Forwarded(message);
        }
    }

    private LinkMessage.Candidates.Entry rebuild(LinkMessage.Candidates.Entry entry) throws MalformedSdpException {
        String mid = entry.sdpMid() == null || entry.sdpMid().isEmpty() ? null : entry.sdpMid();
        shape.requireSection(mid, entry.sdpMLineIndex());
        TrickledCandidate parsed = TrickledCandidate.parse(entry.candidate());
        return new LinkMessage.Candidates.Entry(parsed.toSdp(), mid, entry.sdpMLineIndex());
    }

    private static Relayed refused(ErrorCode code, MalformedSdpException e) {
        return new Relayed.Refused(code, e.rule().label(), String.valueOf(e.getMessage()));
    }
}
