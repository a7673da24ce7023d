package dev.videosession.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerCheckTest {
    private static final Sdp OFFER = Sdp.offer()
            .with("a=extmap:4 urn:3gpp:video-orientation")
            .with("a=rid:1 send", "a=rid:2 send", "a=simulcast:send 1;2");

    static List<Arguments> fitting() {
        return List.of(
                Arguments.of("the same", OFFER, Sdp.answer()),
                Arguments.of(
                        "everything that was offered",
                        OFFER,
                        Sdp.answer()
                                .with("a=extmap:4 urn:3gpp:video-orientation", "a=rid:1 recv", "a=rid:2 recv")
                                .with("a=simulcast:recv 1;2")),
                Arguments.of("fewer layers", OFFER, Sdp.answer().with("a=rid:2 recv")),
                Arguments.of("no retransmission", OFFER, withoutRtx(Sdp.answer())),
                Arguments.of("inactive", OFFER, Sdp.answer().replace("a=recvonly", "a=inactive")),
                Arguments.of("no group", OFFER, Sdp.answer().replace("a=group")),
                Arguments.of("a smaller group", OFFER, Sdp.answer().replace("a=group", "a=group:BUNDLE a")),
                Arguments.of("a rejected section", OFFER, rejected(Sdp.answer())),
                Arguments.of(
                        "a rejected section without a mid",
                        OFFER,
                        rejected(Sdp.answer()).replace("a=mid:")),
                Arguments.of("rejected in both", rejected(OFFER), rejected(Sdp.answer())),
                Arguments.of(
                        "the role that is left",
                        OFFER.replaceAll("a=setup", "a=setup:active"),
                        Sdp.answer().replaceAll("a=setup", "a=setup:passive")),
                Arguments.of(
                        "sending what the offerer receives",
                        OFFER.replace("a=sendonly", "a=sendrecv"),
                        Sdp.answer().replace("a=recvonly", "a=sendonly")));
    }

    private static Sdp withoutRtx(Sdp sdp) {
        return sdp.replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96");
    }

    private static Sdp rejected(Sdp sdp) {
        return sdp.replace("m=", "m=video 0 UDP/TLS/RTP/SAVPF 96 97").replace("a=group", "a=group:BUNDLE a");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void fitting(String name, Sdp offer, Sdp answer) {
        assertThatCode(() -> answer.parsedAnswer().requireAnswers(offer.parsedOffer()))
                .doesNotThrowAnyException();
    }

    static List<Arguments> notOffered() {
        return List.of(
                Arguments.of(
                        "another number",
                        withoutRtx(Sdp.answer())
                                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 98")
                                .replace("a=rtpmap:96", "a=rtpmap:98 VP8/90000")),
                Arguments.of("another codec", withoutRtx(Sdp.answer()).replace("a=rtpmap:96", "a=rtpmap:96 VP9/90000")),
                Arguments.of(
                        "one codec more",
                        Sdp.answer()
                                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98")
                                .with("a=rtpmap:98 VP9/90000")),
                Arguments.of("another extension", Sdp.answer().with("a=extmap:4 urn:ietf:params:rtp-hdrext:toffset")),
                Arguments.of("another id", Sdp.answer().with("a=extmap:5 urn:3gpp:video-orientation")),
                Arguments.of("another layer", Sdp.answer().with("a=rid:3 recv")),
                Arguments.of("a layer in the same direction", Sdp.answer().with("a=rid:1 send")),
                Arguments.of("sending to one that sends only", Sdp.answer().replace("a=recvonly", "a=sendrecv")),
                Arguments.of("another mid", Sdp.answer().replace("a=group").replace("a=mid:", "a=mid:w")),
                Arguments.of(
                        "another mid of a rejected section",
                        rejected(Sdp.answer()).replace("a=mid:", "a=mid:w")),
                Arguments.of(
                        "another kind",
                        Sdp.answer()
                                .replace("a=group")
                                .replace("m=", "m=application 0 UDP/DTLS/SCTP webrtc-datachannel")),
                Arguments.of(
                        "one section more",
                        Sdp.answer().with("m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void notOffered(String name, Sdp answer) {
        assertRefused(OFFER, answer);
    }

    private static void assertRefused(Sdp offer, Sdp answer) {
        SessionDescription parsed = answer.parsedAnswer();
        SessionDescription offered = offer.parsedOffer();
        assertThatThrownBy(() -> parsed.requireAnswers(offered))
                .isInstanceOfSatisfying(
                        MalformedSdpException.class, e -> assertThat(e.rule()).isEqualTo(Rule.ANSWER));
    }

    @Test
    void aSectionThatWasOfferedAsRejectedStaysRejected() {
        assertRefused(rejected(OFFER), Sdp.answer().replace("a=group", "a=group:BUNDLE a"));
    }

    @Test
    void aGroupMayNotGrow() {
        assertRefused(OFFER.replace("a=group", "a=group:BUNDLE a"), Sdp.answer());
        assertRefused(OFFER.replace("a=group"), Sdp.answer());
    }

    @Test
    void bothEndsMayNotHaveTheSameRole() {
        assertRefused(OFFER.replaceAll("a=setup", "a=setup:active"), Sdp.answer());
        assertRefused(
                OFFER.replaceAll("a=setup", "a=setup:passive"), Sdp.answer().replaceAll("a=setup", "a=setup:passive"));
    }

    @Test
    void whatIsUnknownIsRefusedInAnAnswer() {
        for (Sdp answer : List.of(
                Sdp.answer().replaceAll("a=setup", "a=setup:actpass"),
                Sdp.answer().with("a=extmap:9 urn:example:unknown"),
                Sdp.answer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96 97 98"),
                Sdp.answer().replace("a=rtpmap:97", "a=rtpmap:97 H265/90000"),
                Sdp.answer().replace("a=fmtp:97"))) {
            assertThatThrownBy(answer::parsedAnswer).isInstanceOf(MalformedSdpException.class);
        }
    }
}
