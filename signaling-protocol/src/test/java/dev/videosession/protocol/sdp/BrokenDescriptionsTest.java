package dev.videosession.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Descriptions that a fuzzer found the parser to mishandle. */
class BrokenDescriptionsTest {
    private static String changed(UnaryOperator<String> change) {
        return change.apply(Recording.all().stream()
                .filter(each -> each.name().equals("ours-both"))
                .findFirst()
                .orElseThrow()
                .offer());
    }

    private static SessionDescription parse(String text) {
        return SessionDescription.parse(DescriptionKind.OFFER, text);
    }

    @Test
    void aSectionWithoutAMidIsRefused() {
        String offer = changed(text -> text.replace("a=mid:1\r\n", "").replace("BUNDLE 0 1", "BUNDLE 0"));

        assertThatThrownBy(() -> parse(offer))
                .isInstanceOf(MalformedSdpException.class)
                .hasMessageContaining("no mid");
    }

    @Test
    void aGroupOfSourcesThatDoNotExistIsRefused() {
        String offer = changed(text -> text.replaceAll("a=ssrc:[^\r]*\r\n", ""));

        assertThatThrownBy(() -> parse(offer))
                .isInstanceOf(MalformedSdpException.class)
                .hasMessageContaining("ssrc-group");
    }

    /** The native library refuses two tracks in one section, and with them the whole description. */
    @Test
    void aSectionInWhichTwoTracksAreNamedIsRefused() {
        String two = changed(text -> text.replace("a=msid:media audio", "a=msid:media audio\r\na=msid:other sound"));
        String one = changed(text -> text.replace("a=msid:media audio", "a=msid:media audio\r\na=msid:other audio"));

        assertThatThrownBy(() -> parse(two))
                .isInstanceOf(MalformedSdpException.class)
                .hasMessageContaining("different tracks");
        assertThat(parse(parse(one).toSdp())).isEqualTo(parse(one));
    }

    @Test
    void theTransportOfABundledSectionWithUnknownIceOptionsIsThatOfTheGroup() {
        SessionDescription offer =
                parse(changed(text -> text.replaceFirst("(?s)(.*)a=ice-options:trickle", "$1a=ice-options:unknown")));

        assertThat(parse(offer.toSdp())).isEqualTo(offer);
    }
}
