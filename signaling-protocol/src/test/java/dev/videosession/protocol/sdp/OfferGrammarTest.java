package dev.videosession.protocol.sdp;

import static dev.videosession.protocol.sdp.Sdp.FINGERPRINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.rtp.Codec;
import dev.videosession.protocol.rtp.Direction;
import dev.videosession.protocol.rtp.Encoding;
import dev.videosession.protocol.rtp.MediaKind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the grammar keeps, drops and refuses, on both sides of every bound. */
class OfferGrammarTest {
    private static final String X = "x";

    private static List<String> lines(SessionDescription description) {
        return Arrays.asList(description.toSdp().split("\r\n", -1));
    }

    private static void assertRefused(Rule rule, String text) {
        assertThatThrownBy(() -> SessionDescription.parse(DescriptionKind.OFFER, text))
                .isInstanceOfSatisfying(MalformedSdpException.class, e -> {
                    assertThat(e.rule()).as(e.getMessage()).isEqualTo(rule);
                    assertThat(e.getMessage()).matches("[ -~]{1,300}").doesNotContain("%");
                });
    }

    @Test
    void canonicalTextIsRebuiltAsItIs() {
        assertThat(Sdp.offer().parsedOffer().toSdp()).isEqualTo(Sdp.offer().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v=0\r\n%n%n%n%n%n\r\n",
                "%s%s%s%s",
                "%p%p%p%p%p%p",
                "%n",
                "v=0",
                "v=0\r\no=%n%n%n 1 1 IN IP4 0\r\ns=%n\r\nt=0 0\r\n",
                "",
                "\r\n",
                "\n",
                "=",
                "m=audio"
            })
    void textThatIsNoDescriptionIsRefused(String text) {
        assertRefused(Rule.STRUCTURE, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\t", "\u007f", "\u00e9", "\u2028", "\ud83d\ude00", "\r", "\r\r\n", "\u0085"})
    void everythingButPrintableAsciiIsRefused(String text) {
        assertRefused(Rule.CHARACTERS, Sdp.offer().with("a=x:" + text + X).text());
        assertRefused(
                Rule.CHARACTERS, Sdp.offer().replace("s=", "s=" + text + X).text());
    }

    @Test
    void aFormatStringInADroppedLineIsDropped() {
        Sdp sdp = Sdp.offer().replace("s=", "s=%n%n%s").with("a=x-unknown:%n%p", "a=rtcp:%n", "a=ssrc-x:%s");
        assertThat(sdp.parsedOffer().toSdp()).isEqualTo(Sdp.offer().text());
    }

    @Test
    void linesMayEndWithLineFeedOnlyAndTheLastOneWithNothing() {
        String text = Sdp.offer().text();
        String feeds = text.replace("\r\n", "\n");
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, feeds).toSdp())
                .isEqualTo(text);
        String open = text.substring(0, text.length() - 2);
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, open).toSdp())
                .isEqualTo(text);
        assertRefused(Rule.CHARACTERS, text.substring(0, text.length() - 1));
        assertRefused(Rule.STRUCTURE, text + "\r\n");
    }

    static String filled(int length) {
        return "a=x:" + X.repeat(length - 4);
    }

    @Test
    void sizesAreBounded() {
        assertThat(Sdp.offer().with(filled(1024)).parsedOffer().sections()).hasSize(2);
        assertRefused(Rule.SIZE, Sdp.offer().with(filled(1025)).text());

        String[] most = new String[1024 - 27];
        Arrays.fill(most, "a=x");
        assertThat(Sdp.offer().with(most).parsedOffer().sections()).hasSize(2);
        assertRefused(Rule.SIZE, Sdp.offer().with(most).with("a=x").text());

        Sdp large = Sdp.offer();
        while (large.text().length() + 1002 <= Limits.SDP - 10) {
            large = large.with(filled(1000));
        }
        Sdp largest = large.with(filled(Limits.SDP - large.text().length() - 2));
        assertThat(largest.text()).hasSize(Limits.SDP);
        assertThat(largest.parsedOffer().sections()).hasSize(2);
        assertRefused(Rule.SIZE, largest.text() + "a");
    }

    static List<Arguments> refused() {
        return List.of(
                // structure
                refusal(Rule.STRUCTURE, Sdp.offer().replace("v=", "v=1")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("v=")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("o=", "o=- 1 2 IN IP4")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("o=", "o=- -1 2 IN IP4 0")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("o=", "o=- 18446744073709551616 2 IN IP4 0")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("s=")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("t=")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("t=0 0")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("v=0")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("x")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("1=0")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("a=mid:v")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("a=sendonly")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("a=mid:", "a=mid:a")),
                refusal(Rule.STRUCTURE, Sdp.offer().replaceAll("a=group").replace("a=mid:")),
                refusal(
                        Rule.STRUCTURE,
                        Sdp.offer().replace("a=group", "a=group:BUNDLE a").replace("a=mid:")),
                refusal(Rule.STRUCTURE, Sdp.offer().replaceAll("a=group").replace("a=mid:", "a=mid:%n")),
                refusal(Rule.STRUCTURE, Sdp.offer().replaceAll("a=group").replace("a=mid:", "a=mid:" + X.repeat(33))),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("a=group", "a=group:BUNDLE a b")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("a=group", "a=group:BUNDLE a a")),
                refusal(Rule.STRUCTURE, Sdp.offer().inSession("a=group:BUNDLE a")),
                refusal(Rule.STRUCTURE, Sdp.offer().inSession("a=sendonly", "a=recvonly")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("a=ptime:0")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("a=ptime:121")),
                refusal(Rule.STRUCTURE, Sdp.offer().with("a=maxptime:%n")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("c=", "c=IN IP4 0", "b=AS:-1")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("c=", "c=IN IP4 0", "b=AS:2000001")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("c=", "c=IN IP4 0", "b=TIAS:2000000001")),
                refusal(Rule.STRUCTURE, Sdp.offer().replace("c=", "c=IN IP4 0", "b=AS:1", "b=AS:1")),
                // sections
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video 65536 UDP/TLS/RTP/SAVPF 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video -9 UDP/TLS/RTP/SAVPF 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video 9/2 UDP/TLS/RTP/SAVPF 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video 9 RTP/AVP 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=video 9 TCP/TLS/RTP/SAVPF 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=text 9 UDP/TLS/RTP/SAVPF 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=VIDEO 9 UDP/TLS/RTP/SAVPF 96 97")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=application 9 DTLS/SCTP 5000")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=application 9 UDP/DTLS/SCTP x")),
                refusal(Rule.SECTION, Sdp.offer().replace("m=", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel")),
                refusal(
                        Rule.SECTION,
                        Sdp.offer()
                                .replace("m=", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel")
                                .with("a=sctp-port:0")),
                refusal(
                        Rule.SECTION,
                        Sdp.offer()
                                .with(
                                        "m=video 9 UDP/TLS/RTP/SAVPF 96",
                                        "a=mid:w",
                                        "a=rtpmap:96 VP8/90000",
                                        "a=rtcp-mux")
                                .with("a=ice-ufrag:abcd", "a=ice-pwd:abcdefghijklmnopqrstuv", "a=setup:actpass")
                                .with("a=fingerprint:sha-256 " + FINGERPRINT)),
                // transport
                refusal(Rule.TRANSPORT, Sdp.offer().replaceAll("a=group").replace("a=ice-ufrag")),
                refusal(Rule.TRANSPORT, Sdp.offer().replaceAll("a=group").replace("a=ice-pwd")),
                refusal(Rule.TRANSPORT, Sdp.offer().replaceAll("a=group").replace("a=fingerprint")),
                refusal(Rule.TRANSPORT, Sdp.offer().replaceAll("a=group").replace("a=setup")),
                refusal(Rule.TRANSPORT, Sdp.offer().replaceAll("a=group").replace("a=rtcp-mux")),
                refusal(Rule.TRANSPORT, Sdp.offer().replaceAll("a=rtcp-mux")),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=ice-ufrag", "a=ice-ufrag:abc")),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=ice-ufrag", "a=ice-ufrag:" + X.repeat(257))),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=ice-ufrag", "a=ice-ufrag:abcd%n")),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=ice-pwd", "a=ice-pwd:" + X.repeat(21))),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=ice-pwd", "a=ice-pwd:" + X.repeat(257))),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=ice-pwd", "a=ice-pwd:" + X.repeat(22) + "%n")),
                refusal(Rule.TRANSPORT, Sdp.offer().with("a=ice-ufrag:abcd")),
                refusal(Rule.TRANSPORT, Sdp.offer().with("a=setup:actpass")),
                refusal(Rule.TRANSPORT, Sdp.offer().with("a=fingerprint:sha-256 " + FINGERPRINT)),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=setup", "a=setup:holdconn")),
                refusal(
                        Rule.TRANSPORT,
                        Sdp.offer().replace("a=fingerprint", "a=fingerprint:sha-1 " + "AB:".repeat(19) + "AB")),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=fingerprint", "a=fingerprint:md5 AB")),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=fingerprint", "a=fingerprint:sha-256")),
                refusal(
                        Rule.TRANSPORT,
                        Sdp.offer().replace("a=fingerprint", "a=fingerprint:sha-256 " + FINGERPRINT + ":AB")),
                refusal(Rule.TRANSPORT, Sdp.offer().replace("a=fingerprint", "a=fingerprint:sha-512 " + FINGERPRINT)),
                refusal(
                        Rule.TRANSPORT,
                        Sdp.offer().replace("a=fingerprint", "a=fingerprint:sha-256 " + "GG:".repeat(31) + "GG")),
                refusal(
                        Rule.TRANSPORT,
                        Sdp.offer().replace("a=fingerprint", "a=fingerprint:sha-256 " + "AB-".repeat(31) + "AB")),
                // codecs
                refusal(Rule.CODEC, Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96 96")),
                refusal(Rule.CODEC, Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96 128")),
                refusal(Rule.CODEC, Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 96 +97")),
                refusal(Rule.CODEC, Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF %n")),
                refusal(Rule.CODEC, Sdp.offer().replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 97")),
                refusal(Rule.CODEC, Sdp.offer().with("a=rtpmap:96 VP8/90000")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96 H265/90000")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96 VP8/0")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96 VP8")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:%n VP8/90000")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96 opus/48000/2")),
                refusal(
                        Rule.CODEC,
                        Sdp.offer()
                                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 64")
                                .replace("a=rtpmap:96", "a=rtpmap:64 VP8/90000")),
                refusal(
                        Rule.CODEC,
                        Sdp.offer()
                                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 34")
                                .replace("a=rtpmap:96", "a=rtpmap:34 VP8/90000")),
                refusal(
                        Rule.CODEC,
                        Sdp.offer()
                                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 111")
                                .replace("a=rtpmap:96", "a=rtpmap:111 VP8/90000")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=fmtp:97", "a=fmtp:97 apt=97")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=fmtp:97", "a=fmtp:97 apt=128")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=fmtp:97", "a=fmtp:97 apt=%n")),
                refusal(Rule.CODEC, Sdp.offer().replace("a=fmtp:97", "a=fmtp:97 apt=96;apt=96")),
                refusal(Rule.CODEC, Sdp.offer().with("a=fmtp:96 max-fs=0")),
                refusal(Rule.CODEC, Sdp.offer().with("a=fmtp:96 max-fs=12a")),
                refusal(Rule.CODEC, Sdp.offer().with("a=fmtp:96 " + "a;".repeat(40))),
                refusal(Rule.CODEC, Sdp.offer().with("a=fmtp:97")),
                // extensions
                refusal(Rule.EXTENSION, Sdp.offer().with("a=extmap:0 urn:3gpp:video-orientation")),
                refusal(Rule.EXTENSION, Sdp.offer().with("a=extmap:15 urn:3gpp:video-orientation")),
                refusal(Rule.EXTENSION, Sdp.offer().with("a=extmap:256 urn:3gpp:video-orientation")),
                refusal(Rule.EXTENSION, Sdp.offer().with("a=extmap:%n urn:3gpp:video-orientation")),
                refusal(Rule.EXTENSION, Sdp.offer().with("a=extmap:1/up urn:3gpp:video-orientation")),
                refusal(Rule.EXTENSION, Sdp.offer().with("a=extmap:1")),
                refusal(
                        Rule.EXTENSION,
                        Sdp.offer()
                                .with(
                                        "a=extmap:1 urn:3gpp:video-orientation",
                                        "a=extmap:1 urn:ietf:params:rtp-hdrext:toffset")),
                refusal(
                        Rule.EXTENSION,
                        Sdp.offer()
                                .with(
                                        "a=extmap:1 urn:3gpp:video-orientation",
                                        "a=extmap:2 urn:3gpp:video-orientation")),
                refusal(
                        Rule.EXTENSION,
                        Sdp.offer()
                                .replace(
                                        "m=",
                                        "a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid",
                                        "m=video 9 UDP/TLS/RTP/SAVPF 96 97")
                                .with("a=extmap:1 urn:3gpp:video-orientation")),
                // sources
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:0 cname:c")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:4294967296 cname:c")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:%n cname:c")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:%n")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:" + X.repeat(65))),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 label:x")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:c", "a=ssrc:1 cname:d")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:c", "a=ssrc-group:FID 1 2")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc-group:FID 1 2")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c", "a=ssrc-group:SIM 1 2")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c", "a=ssrc-group:FID 2 1")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c", "a=ssrc-group:FID 1 1")),
                refusal(
                        Rule.SOURCE,
                        Sdp.offer()
                                .with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c")
                                .with("a=ssrc-group:FID 1 2", "a=ssrc-group:FEC-FR 1 2")),
                refusal(
                        Rule.SOURCE,
                        Sdp.offer()
                                .with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c", "a=ssrc:3 cname:c", "a=ssrc:4 cname:c")
                                .with("a=ssrc-group:FID 1 2", "a=ssrc-group:FEC-FR 1 3")),
                refusal(
                        Rule.SOURCE,
                        Sdp.offer()
                                .replace("m=", "a=ssrc:7 cname:c", "m=video 9 UDP/TLS/RTP/SAVPF 96 97")
                                .with("a=ssrc:7 cname:c")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=msid:%n track")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=msid:s t u")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=msid:")),
                refusal(Rule.SOURCE, Sdp.offer().with("a=msid:a", "a=msid:b", "a=msid:c", "a=msid:d", "a=msid:e")),
                refusal(Rule.SOURCE, Sdp.offer().inSession("a=msid-semantic: WMS %n")),
                refusal(Rule.SOURCE, Sdp.offer().inSession("a=msid-semantic: WMS" + " s".repeat(17))),
                // simulcast
                refusal(Rule.SIMULCAST, Sdp.offer().with("a=rid:1")),
                refusal(Rule.SIMULCAST, Sdp.offer().with("a=rid:1 sendrecv")),
                refusal(Rule.SIMULCAST, Sdp.offer().with("a=rid:%n send")),
                refusal(Rule.SIMULCAST, Sdp.offer().with("a=rid:a-b send")),
                refusal(Rule.SIMULCAST, Sdp.offer().with("a=rid:" + X.repeat(17) + " send")),
                refusal(Rule.SIMULCAST, Sdp.offer().with("a=rid:1 send", "a=rid:1 send")),
                refusal(Rule.SIMULCAST, rids(7)),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send 1;3")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:recv 1")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send 1;1")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send 1;;2")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send ~~1")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send 1,%n")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send 1 send 2")),
                refusal(Rule.SIMULCAST, rids(2).with("a=simulcast:send 1", "a=simulcast:send 2")),
                refusal(Rule.SIMULCAST, rids(6).with("a=simulcast:send 1;2;3;4;5;6;7")),
                // candidates
                refusal(Rule.CANDIDATE, Sdp.offer().with("a=candidate:%n%n%s%s")),
                refusal(Rule.CANDIDATE, Sdp.offer().with("a=candidate:1 1 udp 1 host.example 9 typ host")),
                refusal(Rule.CANDIDATE, candidates(65)));
    }

    private static Arguments refusal(Rule rule, Sdp sdp) {
        return Arguments.of(rule, sdp.text());
    }

    private static Sdp rids(int count) {
        return Sdp.offer()
                .with(IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "a=rid:" + i + " send")
                        .toArray(String[]::new));
    }

    private static Sdp candidates(int count) {
        return Sdp.offer()
                .with(IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "a=candidate:1 1 udp 1 192.0.2.7 " + i + " typ host")
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource
    void refused(Rule rule, String text) {
        assertRefused(rule, text);
    }

    static List<Arguments> kept() {
        return List.of(
                kept(Sdp.offer().inSession("a=extmap-allow-mixed"), "a=extmap-allow-mixed"),
                kept(Sdp.offer().inSession("a=ice-lite"), "a=ice-lite"),
                kept(Sdp.offer().inSession("a=msid-semantic:WMS *"), "a=msid-semantic: WMS *"),
                kept(
                        Sdp.offer().inSession("a=msid-semantic: WMS" + " s".repeat(16)),
                        "a=msid-semantic: WMS" + " s".repeat(16)),
                kept(
                        Sdp.offer().replace("o=", "o=me 18446744073709551615 0 IN IP6 ::1"),
                        "o=- 18446744073709551615 0 IN IP4 127.0.0.1"),
                kept(
                        Sdp.offer().replaceAll("a=group").replace("a=mid:", "a=mid:" + X.repeat(32)),
                        "a=mid:" + X.repeat(32)),
                kept(Sdp.offer().replaceAll("a=group").replace("a=mid:", "a=mid:sdparta_0.x-1"), "a=mid:sdparta_0.x-1"),
                kept(
                        Sdp.offer().replace("a=ice-ufrag", "a=ice-ufrag:" + X.repeat(256)),
                        "a=ice-ufrag:" + X.repeat(256)),
                kept(Sdp.offer().replace("a=ice-pwd", "a=ice-pwd:" + X.repeat(256)), "a=ice-pwd:" + X.repeat(256)),
                kept(Sdp.offer().with("a=ice-options:trickle google-ice ice2"), "a=ice-options:ice2 trickle"),
                kept(Sdp.offer().replace("a=setup", "a=setup:passive"), "a=setup:passive"),
                kept(
                        Sdp.offer().replace("a=fingerprint", "a=fingerprint:SHA-384 " + "ab:".repeat(47) + "ab"),
                        "a=fingerprint:sha-384 " + "AB:".repeat(47) + "AB"),
                kept(Sdp.offer().with("a=rtcp-rsize"), "a=rtcp-rsize"),
                kept(Sdp.offer().with("a=ptime:1", "a=maxptime:120"), "a=ptime:1", "a=maxptime:120"),
                kept(
                        Sdp.offer().replace("c=", "c=IN IP4 0", "b=AS:0", "b=TIAS:2000000000"),
                        "b=AS:0",
                        "b=TIAS:2000000000"),
                kept(
                        Sdp.offer().with("a=rtcp-fb:96 nack", "a=rtcp-fb:96 nack pli", "a=rtcp-fb:96 x y"),
                        "a=rtcp-fb:96 nack",
                        "a=rtcp-fb:96 nack pli"),
                kept(Sdp.offer().with("a=rtcp-fb:* ccm fir"), "a=rtcp-fb:96 ccm fir"),
                kept(Sdp.offer().replace("a=rtpmap:96", "a=rtpmap:96 vp8/90000/1"), "a=rtpmap:96 VP8/90000"),
                kept(
                        Sdp.offer().with("a=fmtp:96 max-fs=3600; max-fr=30;x-google-start-bitrate=9000;%n=%n"),
                        "a=fmtp:96 max-fs=3600;max-fr=30"),
                kept(
                        Sdp.offer().with("a=fmtp:96 max-fs=3600", "a=fmtp:96 max-fr=30"),
                        "a=fmtp:96 max-fs=3600;max-fr=30"),
                kept(
                        Sdp.offer().replace("a=fmtp:97", "a=fmtp:97 apt=96;rtx-time=3000"),
                        "a=fmtp:97 apt=96;rtx-time=3000"),
                kept(
                        Sdp.offer()
                                .replace(
                                        "a=rtpmap:96",
                                        "a=rtpmap:96 H264/90000",
                                        "a=fmtp:96 profile-level-id=42E01F;packetization-mode=1;sprop-parameter-sets=Z0IAKeKQFAe2,aM48gA=="),
                        "a=fmtp:96 profile-level-id=42e01f;packetization-mode=1"),
                kept(
                        Sdp.offer().with("a=extmap:14/recvonly urn:3gpp:video-orientation"),
                        "a=extmap:14/recvonly urn:3gpp:video-orientation"),
                kept(
                        Sdp.offer().with("a=extmap:255 urn:3gpp:video-orientation"),
                        "a=extmap:255 urn:3gpp:video-orientation"),
                kept(
                        Sdp.offer().with("a=extmap:16 urn:3gpp:video-orientation attributes"),
                        "a=extmap:16 urn:3gpp:video-orientation"),
                kept(
                        Sdp.offer().inSession("a=extmap:3 urn:3gpp:video-orientation"),
                        "a=extmap:3 urn:3gpp:video-orientation"),
                kept(
                        Sdp.offer()
                                .with(
                                        "a=ssrc:4294967295 cname:{a-b}",
                                        "a=ssrc:4294967295 msid:- t",
                                        "a=ssrc:4294967295 label:%n"),
                        "a=ssrc:4294967295 cname:{a-b}",
                        "a=ssrc:4294967295 msid:- t"),
                kept(
                        Sdp.offer()
                                .with("a=ssrc:1 cname:" + X.repeat(64), "a=ssrc:2 cname:c", "a=ssrc:3 cname:c")
                                .with("a=ssrc-group:FID 1 2", "a=ssrc-group:FEC-FR 1 3"),
                        "a=ssrc-group:FID 1 2",
                        "a=ssrc-group:FEC-FR 1 3",
                        "a=ssrc:1 cname:" + X.repeat(64)),
                kept(
                        Sdp.offer().with("a=msid:s t", "a=msid:{2} t", "a=msid:3 t", "a=msid:4 t"),
                        "a=msid:s t",
                        "a=msid:{2} t",
                        "a=msid:3 t",
                        "a=msid:4 t"),
                kept(rids(3).with("a=simulcast:send 1,~2;3"), "a=rid:3 send", "a=simulcast:send 1,~2;3"),
                kept(
                        rids(1).with("a=rid:r recv pt=96;max-width=1", "a=simulcast:recv r send 1"),
                        "a=rid:r recv",
                        "a=simulcast:send 1 recv r"),
                kept(rids(2).with("a=simulcast: send rid=1;2"), "a=simulcast:send 1;2"),
                kept(rids(6).with("a=simulcast:send 1;2;3;4;5;6"), "a=simulcast:send 1;2;3;4;5;6"),
                kept(Sdp.offer().with("a=rid:" + X.repeat(16) + " send"), "a=rid:" + X.repeat(16) + " send"),
                kept(
                        candidates(64).with("a=end-of-candidates"),
                        "a=candidate:1 1 udp 1 192.0.2.7 64 typ host",
                        "a=end-of-candidates"),
                kept(
                        Sdp.offer()
                                .replace("m=", "m=video 0 UDP/TLS/RTP/SAVPF 96 97")
                                .with("a=bundle-only"),
                        "m=video 0 UDP/TLS/RTP/SAVPF 96 97",
                        "a=bundle-only",
                        "a=ice-ufrag:abcd"));
    }

    private static Arguments kept(Sdp sdp, String... lines) {
        return Arguments.of(sdp, List.of(lines));
    }

    @ParameterizedTest
    @MethodSource
    void kept(Sdp sdp, List<String> expected) {
        SessionDescription description = sdp.parsedOffer();
        assertThat(lines(description)).containsAll(expected).noneMatch(line -> line.contains("%"));
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, description.toSdp()))
                .isEqualTo(description);
    }

    @Test
    void whatTheSessionSaysMovesIntoTheSections() {
        Sdp sdp = Sdp.offer()
                .replaceAll("a=ice-")
                .replaceAll("a=fingerprint")
                .replaceAll("a=setup")
                .replaceAll("a=sendonly")
                .inSession(
                        "a=ice-ufrag:abcd",
                        "a=ice-pwd:abcdefghijklmnopqrstuv",
                        "a=fingerprint:sha-256 " + FINGERPRINT,
                        "a=setup:actpass",
                        "a=sendonly");
        assertThat(sdp.parsedOffer().toSdp()).isEqualTo(Sdp.offer().text());
    }

    @Test
    void aSectionOfTheBundleGroupMayLeaveItsTransportToTheFirstOne() {
        Sdp sdp = Sdp.offer()
                .replace("a=ice-ufrag")
                .replace("a=ice-pwd")
                .replace("a=fingerprint")
                .replace("a=setup")
                .replace("a=rtcp-mux");
        assertThat(sdp.parsedOffer().toSdp()).isEqualTo(Sdp.offer().text());
    }

    @Test
    void iceOptionsThatAreAllDroppedCountAsMissing() {
        Sdp sdp = Sdp.offer()
                .replace("m=", "a=ice-options:trickle", "m=video 9 UDP/TLS/RTP/SAVPF 96 97")
                .with("a=ice-options:unknown");
        SessionDescription offer = sdp.parsedOffer();
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, offer.toSdp()))
                .isEqualTo(offer);
    }

    @Test
    void unknownCodecsGoWithEverythingThatBelongsToThem() {
        Sdp sdp = Sdp.offer()
                .replace("m=", "m=video 9 UDP/TLS/RTP/SAVPF 35 36 96 37 97")
                .with("a=rtpmap:35 H265/90000", "a=fmtp:35 level-id=93", "a=rtcp-fb:35 nack")
                .with("a=rtpmap:36 rtx/90000", "a=fmtp:36 apt=35")
                .with("a=rtpmap:37 rtx/90000")
                .with("a=rtpmap:99 VP9/90000");
        assertThat(sdp.parsedOffer().toSdp()).isEqualTo(Sdp.offer().text());
    }

    @Test
    void redundantAudioGoesWithTheCodecThatItRepeats() {
        Sdp audio = Sdp.offer().replace("a=rtpmap:111", "a=rtpmap:111 opus/48000/2", "a=rtpmap:63 red/48000/2");
        Sdp kept = audio.replaceAll("m=audio", "m=audio 9 UDP/TLS/RTP/SAVPF 111 63")
                .replace("a=rtpmap:63", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/111");
        assertThat(lines(kept.parsedOffer())).contains("a=fmtp:63 111/111", "m=audio 9 UDP/TLS/RTP/SAVPF 111 63");
        Sdp dropped = audio.replaceAll("m=audio", "m=audio 9 UDP/TLS/RTP/SAVPF 111 63")
                .replace("a=rtpmap:63", "a=rtpmap:63 red/48000/2", "a=fmtp:63 111/112");
        assertThat(dropped.parsedOffer().toSdp()).isEqualTo(Sdp.offer().text());
    }

    @Test
    void staticPayloadTypesNeedNoMap() {
        Sdp sdp = Sdp.offer().replaceAll("m=audio", "m=audio 9 UDP/TLS/RTP/SAVPF 0 8 9 13 3 111");
        assertThat(lines(sdp.parsedOffer()))
                .contains(
                        "m=audio 9 UDP/TLS/RTP/SAVPF 0 8 9 13 111",
                        "a=rtpmap:0 PCMU/8000",
                        "a=rtpmap:8 PCMA/8000",
                        "a=rtpmap:9 G722/8000",
                        "a=rtpmap:13 CN/8000");
        assertRefused(
                Rule.CODEC,
                sdp.with("a=x")
                        .replaceAll("a=rtpmap:111", "a=rtpmap:0 opus/48000/2")
                        .text());
    }

    @Test
    void sourcesOfSimulcastLayersAreDropped() {
        Sdp firefox = rids(3).with("a=simulcast:send 1;2;3")
                .with("a=ssrc:1 cname:c", "a=ssrc:2 cname:c", "a=ssrc:3 cname:c", "a=ssrc:4 cname:c")
                .with("a=ssrc-group:FID 1 2", "a=ssrc-group:FID 3 4");
        assertThat(firefox.parsedOffer().toSdp())
                .isEqualTo(rids(3).with("a=simulcast:send 1;2;3").text());
    }

    @Test
    void aRejectedSectionKeepsItsPlaceOnly() {
        SessionDescription offer = Sdp.offer()
                .replace("a=group", "a=group:BUNDLE a")
                .replace("m=", "m=video 0 UDP/TLS/RTP/SAVPF 96 97")
                .parsedOffer();
        MediaSection video = offer.sections().get(1);
        assertThat(video.isRejected()).isTrue();
        assertThat(video.transport()).isNull();
        assertThat(video.direction()).isEqualTo(Direction.INACTIVE);
        assertThat(offer.toSdp())
                .contains("m=video 0 UDP/TLS/RTP/SAVPF 96 97\r\n")
                .contains("a=mid:v\r\n");

        SessionDescription bare = Sdp.offer()
                .replace("a=group", "a=group:BUNDLE v")
                .replaceAll("m=audio", "m=audio 0 UDP/TLS/RTP/SAVPF 0")
                .parsedOffer();
        assertThat(bare.sections().get(0).rtp().codecs()).isEmpty();
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, bare.toSdp()))
                .isEqualTo(bare);
    }

    @Test
    void aDataSectionIsKeptOrRejectedInItsPlace() {
        Sdp data = Sdp.offer()
                .with("m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0", "a=ice-ufrag:abcd")
                .with("a=ice-pwd:abcdefghijklmnopqrstuv", "a=fingerprint:sha-256 " + FINGERPRINT, "a=setup:actpass")
                .with("a=mid:d", "a=sctp-port:5000", "a=max-message-size:262144")
                .replaceAll("a=group", "a=group:BUNDLE a v d");
        SessionDescription offer = data.parsedOffer();
        assertThat(offer.toSdp()).isEqualTo(data.text());

        SessionDescription without = offer.reject(MediaKind.APPLICATION);
        assertThat(without.sections()).hasSize(3);
        assertThat(lines(without))
                .contains("a=group:BUNDLE a v", "m=application 0 UDP/DTLS/SCTP webrtc-datachannel", "a=mid:d");
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, without.toSdp()))
                .isEqualTo(without);
    }

    @Test
    void aMessageSizeFitsTheIntegerThatNativeParsersReadItInto() {
        Sdp data = Sdp.offer()
                .replaceAll("a=group")
                .replace("m=", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel")
                .with("a=sctp-port:65535");
        for (String kept : List.of("0", "2147483647")) {
            assertThat(lines(data.with("a=max-message-size:" + kept).parsedOffer()))
                    .contains("a=max-message-size:" + kept);
        }
        for (String refused : List.of("2147483648", "-1", "%n", "")) {
            assertRefused(
                    Rule.SECTION, data.with("a=max-message-size:" + refused).text());
        }
        assertRefused(
                Rule.SECTION, data.replace("a=sctp-port", "a=sctp-port:65536").text());
    }

    @Test
    void hintsOfOurOwnAreRenderedAndNeverParsed() {
        SessionDescription offer = Sdp.offer().parsedOffer();
        SessionDescription hinted = offer.withStartBitrate(Encoding.VP8, 1200);
        assertThat(lines(hinted)).contains("a=fmtp:96 x-google-start-bitrate=1200", "a=fmtp:97 apt=96");
        assertThat(SessionDescription.parse(DescriptionKind.OFFER, hinted.toSdp()))
                .isEqualTo(offer);
        Codec codec = offer.sections().get(1).rtp().codecs().get(0);
        assertThatThrownBy(() -> codec.withHint("x-google-start-bitrate", 0)).isInstanceOf(MalformedSdpException.class);
        assertThatThrownBy(() -> codec.withHint("%n", 1)).isInstanceOf(MalformedSdpException.class);
    }

    @Test
    void candidatesCanBeFiltered() {
        SessionDescription offer = candidates(3).parsedOffer();
        assertThat(offer.filterCandidates(candidate -> candidate.port() == 2)
                        .sections()
                        .get(1)
                        .candidates())
                .singleElement()
                .satisfies(candidate -> assertThat(candidate.port()).isEqualTo(2));
    }

    @Test
    void aPasswordIsNeverShown() {
        Transport transport = Sdp.offer().parsedOffer().sections().get(0).transport();
        assertThat(String.valueOf(transport)).doesNotContain("abcdefghijklmnopqrstuv");
        assertThatThrownBy(() ->
                        Sdp.offer().replace("a=ice-pwd", "a=ice-pwd:secret").parsedOffer())
                .hasMessageNotContainingAny("secret");
    }
}
