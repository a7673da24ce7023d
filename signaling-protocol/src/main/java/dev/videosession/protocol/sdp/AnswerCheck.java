package dev.videosession.protocol.sdp;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import dev.videosession.protocol.rtp.Codec;
import dev.videosession.protocol.rtp.HeaderExtension;
import dev.videosession.protocol.rtp.RtpParameters;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Compares an answer with its offer (RFC 3264 section 6, RFC 8829 section 5.3). */
final class AnswerCheck {
    private AnswerCheck() {}

    static void requireFits(SessionDescription answer, SessionDescription offer) {
        require(
                answer.kind() == DescriptionKind.ANSWER && offer.kind() == DescriptionKind.OFFER,
                "an answer is compared with an offer only");
        List<MediaSection> answered = answer.sections();
        require(answered.size() == offer.sections().size(), "an answer must have the sections of its offer");
        for (int i = 0; i < answered.size(); i++) {
            requireFits(answered.get(i), offer.sections().get(i));
        }
        List<String> offered = offer.bundle() == null ? List.of() : offer.bundle();
        require(
                answer.bundle() == null || offered.containsAll(answer.bundle()),
                "the BUNDLE group of an answer must be part of the offered one");
    }

    private static void requireFits(MediaSection answer, MediaSection offer) {
        require(answer.kind() == offer.kind(), "an answer must have the sections of its offer");
        if (answer.isRejected()) {
            require(
                    answer.mid() == null || Objects.equals(answer.mid(), offer.mid()),
                    "an answer must repeat the mids of its offer");
            return;
        }
        require(!offer.isRejected(), "an answer accepts a section that was offered with port 0");
        require(Objects.equals(answer.mid(), offer.mid()), "an answer must repeat the mids of its offer");
        require(
                answer.direction().mayAnswer(offer.direction()),
                "direction " + answer.direction().text() + " does not answer "
                        + offer.direction().text());
        Transport.Setup offered = Objects.requireNonNull(offer.transport()).setup();
        require(
                Objects.requireNonNull(answer.transport()).setup().mayAnswer(offered),
                "setup of an answer does not fit setup:" + offered.text());
        requireOffered(answer.rtp(), offer.rtp());
    }

    private static void requireOffered(RtpParameters answer, RtpParameters offer) {
        for (Codec codec : answer.codecs()) {
            require(
                    offer.codecs().stream().anyMatch(codec::isSameFormat),
                    "an answer names payload type " + codec.payloadType() + " as "
                            + codec.encoding().text() + ", which was not offered");
        }
        for (HeaderExtension each : answer.extensions()) {
            require(
                    offer.extensions().stream().anyMatch(other -> other.id() == each.id() && other.uri() == each.uri()),
                    "an answer names header extension " + each.uri() + ", which was not offered");
        }
        Set<RtpParameters.Rid> opposite = new HashSet<>();
        for (RtpParameters.Rid rid : offer.rids()) {
            opposite.add(new RtpParameters.Rid(rid.id(), !rid.sent()));
        }
        require(opposite.containsAll(answer.rids()), "an answer names a rid that was not offered");
    }

    private static void require(boolean holds, String message) {
        Tokens.require(holds, Rule.ANSWER, message);
    }
}
