package dev.videosession.server.internal.link.negotiation;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkMessage;
import java.util.function.Predicate;

/** The kinds of link messages, as far as the server treats them differently. */
public enum LinkMessageKind {
    OFFER("offer", true, false, true),
    ANSWER("answer", false, true, false),
    CANDIDATE("candidate", true, true, false),
    RESTART("restart", false, true, true),
    RECEPTION("reception", false, true, false),
    FALLBACK("fallback", true, false, false),
    /** Only the server sends it. */
    PROBE("probe", false, false, false);

    private static final LinkMessage.Visitor<LinkMessageKind> OF = new Kinds();

    private final String label;
    private final boolean sentByOfferer;
    private final boolean sentByAnswerer;
    private final boolean answered;

    LinkMessageKind(String label, boolean sentByOfferer, boolean sentByAnswerer, boolean answered) {
        this.label = label;
        this.sentByOfferer = sentByOfferer;
        this.sentByAnswerer = sentByAnswerer;
        this.answered = answered;
    }

    public static LinkMessageKind of(LinkMessage message) {
        return message.accept(OF);
    }

    /** {@return the name for metrics and logs} */
    public String label() {
        return label;
    }

    /** {@return whether the end of a link that offers, or the end that answers, may send it} */
    public boolean maySend(boolean offerer) {
        return offerer ? sentByOfferer : sentByAnswerer;
    }

    /** {@return whether the recipient must answer it with a description and candidates} */
    public boolean isAnswered() {
        return answered;
    }

    /** {@return whether only a media router has a use for it} */
    public boolean isForRouter() {
        return this == RECEPTION;
    }

    /** {@return whether it may be sent to a recipient that announced these features} */
    public boolean isKnownTo(Predicate<Feature> features) {
        return (this != FALLBACK && this != PROBE) || features.test(Feature.QUALITY);
    }

    private static final class Kinds implements LinkMessage.Visitor<LinkMessageKind> {
        @Override
        public LinkMessageKind onDescription(LinkMessage.Description message) {
            return message.kind() == DescriptionKind.OFFER ? OFFER : ANSWER;
        }

        @Override
        public LinkMessageKind onCandidate(LinkMessage.Candidate message) {
            return CANDIDATE;
        }

        @Override
        public LinkMessageKind onCandidates(LinkMessage.Candidates message) {
            return CANDIDATE;
        }

        @Override
        public LinkMessageKind onRestart(LinkMessage.Restart message) {
            return RESTART;
        }

        @Override
        public LinkMessageKind onReception(LinkMessage.ReceptionReport message) {
            return RECEPTION;
        }

        @Override
        public LinkMessageKind onFallback(LinkMessage.Fallback message) {
            return FALLBACK;
        }

        @Override
        public LinkMessageKind onProbe(LinkMessage.Probe message) {
            return PROBE;
        }
    }
}
