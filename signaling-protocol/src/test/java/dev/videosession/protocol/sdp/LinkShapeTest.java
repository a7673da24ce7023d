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

class LinkShapeTest {
    private static final LinkShape FIXED = LinkShape.UNFIXED
            .after(Sdp.offer().with("a=extmap:4 urn:3gpp:video-orientation").parsedOffer())
            .after(Sdp.answer().parsedAnswer());

    static List<Arguments> permitted() {
        return List.of(
                Arguments.of("the same", Sdp.offer()),
                Arguments.of(
                        "new ICE credentials",
                        Sdp.offer()
                                .replaceAll("a=ice-ufrag", "a=ice-ufrag:wxyz")
                                .replaceAll("a=ice-pwd", "a=ice-pwd:zyxwvutsrqponmlkjihgfe")),
                Arguments.of(
                        "a new fingerprint",
                        Sdp.offer().replaceAll("a=fingerprint", "a=fingerprint:sha-256 " + "CD:".repeat(31) + "CD")),
                Arguments.of("new sources", Sdp.offer().with("a=ssrc:7 cname:c")),
                Arguments.of("inactive", Sdp.offer().replace("a=sendonly", "a=inactive")),
                Arguments.of(
                        "a section with port 0",
                        Sdp.offer()
                                .replace("m=", "m=video 0 UDP/TLS/RTP/SAVPF 96 97")
                                .replace("a=group", "a=group:BUNDLE a")),
                Arguments.of("fewer codecs", Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96")),
                Arguments.of(
                        "another codec under a new number",
                        Sdp.offer()
                                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 98 96")
                                .with("a=rtpmap:98 VP9/90000")),
                Arguments.of("no extensions", Sdp.offer()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void permitted(String name, Sdp next) {
        LinkShape after = FIXED.after(next.parsedOffer());
        assertThatCode(() -> after.after(Sdp.offer().parsedOffer())).doesNotThrowAnyException();
    }

    static List<Arguments> refused() {
        return List.of(
                Arguments.of(
                        "one section more",
                        Sdp.offer().with("m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d")),
                Arguments.of("another mid", Sdp.offer().replace("a=group").replace("a=mid:", "a=mid:w")),
                Arguments.of(
                        "another mid of a section with port 0",
                        Sdp.offer()
                                .replace("m=", "m=video 0 UDP/TLS/RTP/SAVPF 96 97")
                                .replace("a=group")
                                .replace("a=mid:", "a=mid:w")),
                Arguments.of(
                        "mids exchanged",
                        Sdp.offer()
                                .replaceAll("a=mid:a", "a=mid:x")
                                .replaceAll("a=mid:v", "a=mid:a")
                                .replaceAll("a=mid:x", "a=mid:v")),
                Arguments.of(
                        "another kind",
                        Sdp.offer()
                                .replace("a=group")
                                .replace("m=", "m=application 0 UDP/DTLS/SCTP webrtc-datachannel")),
                Arguments.of(
                        "another codec under the same number",
                        Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96 H264/90000")),
                Arguments.of(
                        "another extension under the same id",
                        Sdp.offer().with("a=extmap:4 urn:ietf:params:rtp-hdrext:toffset")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String name, Sdp next) {
        SessionDescription offer = next.parsedOffer();
        assertThatThrownBy(() -> FIXED.after(offer))
                .isInstanceOfSatisfying(
                        MalformedSdpException.class, e -> assertThat(e.rule()).isEqualTo(Rule.SHAPE));
        assertThatCode(() -> LinkShape.UNFIXED.after(offer))
                .as("a new connection starts anew")
                .doesNotThrowAnyException();
    }

    @Test
    void fewerSectionsAreRefused() {
        LinkShape three = LinkShape.UNFIXED.after(Sdp.offer()
                .with("m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d")
                .parsedOffer());
        SessionDescription two = Sdp.offer().parsedOffer();
        assertThatThrownBy(() -> three.after(two)).isInstanceOf(MalformedSdpException.class);
    }

    @Test
    void whatAnySectionOnceMeantStaysFixed() {
        LinkShape later = FIXED.after(Sdp.offer()
                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 98 96")
                .with("a=rtpmap:98 VP9/90000")
                .parsedOffer());
        SessionDescription changed = Sdp.offer()
                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 98 96")
                .with("a=rtpmap:98 AV1/90000")
                .parsedOffer();
        assertThatThrownBy(() -> later.after(changed)).isInstanceOf(MalformedSdpException.class);
    }

    @Test
    void candidatesBelongToASection() {
        assertThatCode(() -> {
                    FIXED.requireSection("v", 9);
                    FIXED.requireSection(null, 1);
                    LinkShape.UNFIXED.requireSection("anything", 0);
                    LinkShape.UNFIXED.requireSection(null, 2);
                })
                .doesNotThrowAnyException();
        for (Runnable refused : List.<Runnable>of(
                () -> FIXED.requireSection("w", 0),
                () -> FIXED.requireSection(null, 2),
                () -> FIXED.requireSection(null, -1),
                () -> LinkShape.UNFIXED.requireSection(null, 3),
                () -> LinkShape.UNFIXED.requireSection("%n", 0))) {
            assertThatThrownBy(refused::run).isInstanceOf(MalformedSdpException.class);
        }
    }
}
