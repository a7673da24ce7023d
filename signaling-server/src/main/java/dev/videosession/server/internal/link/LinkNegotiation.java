package dev.videosession.server.internal.link;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.LinkMessage;
import dev.videosession.protocol.sdp.LinkShape;
import dev.videosession.protocol.sdp.MalformedSdpException;
import dev.videosession.protocol.sdp.SessionDescription;
import dev.videosession.protocol.sdp.TrickledCandidate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The offers, answers and candidates of one link as they pass the server. Text of one end never reaches the other end:
 * it is parsed, checked against what came before, and rendered again. Belongs to the session's loop.
 */
final class LinkNegotiation {
    /** Most candidates of one end for one negotiation. */
    static final int MAX_CANDIDATES = 64;

    private LinkShape shape = LinkShape.UNFIXED;
    private int number;
    private @Nullable SessionDescription openOffer;
    private boolean refusedBefore;
    private final Candidates ofPublisher = new Candidates();
    private final Candidates ofSubscriber = new Candidates();

    /** How many candidates one end sent for its newest negotiation. */
    private static final class Candidates {
        private int number;
        private int count;

        boolean admits(int negotiation) {
            if (negotiation > number) {
                number = negotiation;
                count = 0;
            }
            return negotiation == number && ++count <= MAX_CANDIDATES;
        }
    }

    /** {@return true at the first call, so that a log line is written once a link} */
    boolean isFirstRefusal() {
        boolean first = !refusedBefore;
        refusedBefore = true;
        return first;
    }

    Relayed take(boolean byPublisher, LinkMessage message) {
        if (message instanceof LinkMessage.Description description) {
            return description(description);
        } else if (message instanceof LinkMessage.Candidate candidate) {
            return candidate(byPublisher ? ofPublisher : ofSubscriber, candidate);
        } else if (message instanceof LinkMessage.Candidates batch) {
            return candidates(byPublisher ? ofPublisher : ofSubscriber, batch);
        } else if (message instanceof LinkMessage.Restart) {
            return new Relayed.Forwarded(message);
        }
        throw new IllegalStateException("A link message of an unknown kind");
    }

    private Relayed description(LinkMessage.Description message) {
        boolean isOffer = message.kind() == DescriptionKind.OFFER;
        if (isOffer ? message.negotiation() <= number : message.negotiation() != number || openOffer == null) {
            return new Relayed.Dropped(false);
        }
        try {
            SessionDescription parsed = SessionDescription.parse(message.kind(), message.sdp());
            if (openOffer != null && !isOffer) {
                parsed.requireAnswers(openOffer);
            }
            shape = shape.after(parsed);
            openOffer = isOffer ? parsed : null;
            number = message.negotiation();
            return new Relayed.Forwarded(new LinkMessage.Description(
                    message.linkId(), message.negotiation(), message.kind(), parsed.toSdp()));
        } catch (MalformedSdpException e) {
            return refused(isOffer ? ErrorCode.OFFER_REFUSED : ErrorCode.ANSWER_REFUSED, e);
        }
    }

    /** A candidate may overtake its offer by one number. */
    private Relayed candidate(Candidates ofSender, LinkMessage.Candidate message) {
        if (message.negotiation() < number || message.negotiation() - 1 > number) {
            return new Relayed.Dropped(false);
        }
        if (!ofSender.admits(message.negotiation())) {
            return new Relayed.Dropped(true);
        }
        try {
            String mid = message.sdpMid() == null || message.sdpMid().isEmpty() ? null : message.sdpMid();
            shape.requireSection(mid, message.sdpMLineIndex());
            TrickledCandidate parsed = TrickledCandidate.parse(message.candidate());
            return new Relayed.Forwarded(new LinkMessage.Candidate(
                    message.linkId(), message.negotiation(), parsed.toSdp(), mid, message.sdpMLineIndex()));
        } catch (MalformedSdpException e) {
            return refused(ErrorCode.CANDIDATE_REFUSED, e);
        }
    }

    /** A batch with a malformed candidate is refused whole. */
    private Relayed candidates(Candidates ofSender, LinkMessage.Candidates batch) {
        List<LinkMessage.Candidates.Entry> kept = new ArrayList<>();
        boolean overLimit = false;
        for (LinkMessage.Candidate each : batch.split()) {
            Relayed relayed = candidate(ofSender, each);
            if (relayed instanceof Relayed.Refused) {
                return relayed;
            } else if (relayed instanceof Relayed.Forwarded forwarded
                    && forwarded.message() instanceof LinkMessage.Candidate rebuilt) {
                kept.add(new LinkMessage.Candidates.Entry(
                        rebuilt.candidate(), rebuilt.sdpMid(), rebuilt.sdpMLineIndex()));
            } else {
                overLimit |= relayed.equals(new Relayed.Dropped(true));
            }
        }
        return kept.isEmpty()
                ? new Relayed.Dropped(overLimit)
                : new Relayed.Forwarded(new LinkMessage.Candidates(batch.linkId(), batch.negotiation(), kept));
    }

    private static Relayed refused(ErrorCode code, MalformedSdpException e) {
        return new Relayed.Refused(code, e.rule().label(), String.valueOf(e.getMessage()));
    }
}
