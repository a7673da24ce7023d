package dev.videosession.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.grammar.MalformedSdpException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptions are parsed on the loops of sessions: no text may take long. */
class ParsingCostTest {
    /** A thousand times what the longest text needs, far below what a quadratic step would take. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private static void parse(String text) {
        try {
            SessionDescription.parse(DescriptionKind.OFFER, text).toSdp();
        } catch (MalformedSdpException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static Duration time(String text) {
        parse(text);
        long start = System.nanoTime();
        parse(text);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=ssrc:1 cname:c",
                "a=ssrc:1 x",
                "a=ssrc-group:FID 1 2",
                "a=rtcp-fb:96 nack",
                "a=rtcp-fb:* nack pli",
                "a=fmtp:96 max-fs=1",
                "a=fmtp:99 ;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;",
                "a=extmap:1 urn:3gpp:video-orientation",
                "a=rid:1 send",
                "a=candidate:1 1 udp 1 1::2:3:4:5:6:7 1 typ host a b c d e f g h i j k l m n o p",
                "a=ice-options:trickle trickle trickle trickle trickle",
                "a=x",
                "b=AS:1"
            })
    void manyLinesOfAKindTakeNoTime(String line) {
        Sdp sdp = Sdp.offer();
        int lines = Math.min(990, (Limits.SDP - sdp.text().length()) / (line.length() + 2));
        String[] many = new String[lines];
        Arrays.fill(many, line);
        assertThat(time(sdp.with(many).text())).isLessThan(LIMIT);
    }

    @Test
    void longLinesTakeNoTime() {
        String most = "x".repeat(1000);
        for (String line : List.of(
                "a=simulcast:send " + "1,".repeat(500),
                "a=simulcast:send " + "1;".repeat(500),
                "a=fmtp:97 " + ";".repeat(1000),
                "a=fmtp:97 apt=" + "9".repeat(1000),
                "a=rtpmap:96 " + "/".repeat(1000),
                "a=fingerprint:sha-256 " + "AB:".repeat(330),
                "a=candidate:" + "1 ".repeat(500),
                "a=candidate:1 1 udp 1 " + "1:".repeat(400) + " 1 typ host",
                "a=extmap:1 " + " ".repeat(1000),
                "a=" + most,
                "a=mid:" + most)) {
            assertThat(time(Sdp.offer().with(line).text())).as(line).isLessThan(LIMIT);
        }
        assertThat(time("v".repeat(Limits.SDP))).isLessThan(LIMIT);
        assertThat(time("a=\r\n".repeat(Limits.SDP / 4))).isLessThan(LIMIT);
        assertThat(time("\n".repeat(Limits.SDP))).isLessThan(LIMIT);
    }
}
