package dev.videosession.protocol.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.ice.TrickledCandidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever text arrives, it is parsed or refused with the one exception, and what was parsed is rendered as harmless text
 * that parses to the same value.
 */
class HostileDescriptionPropertyTest {
    /** A superset of what the native library may see: no {@code %}, no quotes, no control characters. */
    private static final Pattern HARMLESS = Pattern.compile("(?:[a-z]=[A-Za-z0-9 +/=_.{}@:;,~#*-]*\r\n)+");

    private static final List<Recording> RECORDINGS = Recording.all();
    private static final List<String> LINES = allLines();

    private static final List<String> PIECES = List.of(
            "%n",
            "%p",
            "%s",
            "%1000000c",
            "\u0000",
            "\r",
            "\n",
            "\r\n",
            " ",
            "",
            ":",
            "=",
            ";",
            "/",
            "*",
            "~",
            "-1",
            "0",
            "00",
            "+1",
            "15",
            "64",
            "127",
            "128",
            "255",
            "256",
            "65535",
            "65536",
            "4294967295",
            "4294967296",
            "18446744073709551616",
            "99999999999999999999999",
            "\u0661",
            "\uff11",
            "\u00e9",
            "abcd",
            "a=mid:0",
            "a=bundle-only",
            "a=inactive",
            "a=setup:holdconn",
            "a=ssrc-group:SIM 1 2",
            "a=ssrc-group:FID 1 1",
            "a=fmtp:96 apt=96",
            "a=rtpmap:96 rtx/90000",
            "a=rtcp-fb:* nack",
            "a=simulcast:send 1;1",
            "a=group:BUNDLE",
            "a=candidate:%n%n%s%s",
            "m=audio 9 UDP/TLS/RTP/SAVPF 0",
            "m=application 0 UDP/DTLS/SCTP webrtc-datachannel");

    private static List<String> allLines() {
        List<String> lines = new ArrayList<>();
        for (Recording each : RECORDINGS) {
            lines.addAll(Arrays.asList(each.offer().split("\r\n", -1)));
        }
        return lines;
    }

    /** {@return whether the text was accepted} */
    private static boolean isHarmless(String text) {
        boolean accepted = false;
        for (DescriptionKind kind : DescriptionKind.values()) {
            SessionDescription parsed;
            try {
                parsed = SessionDescription.parse(kind, text);
            } catch (MalformedSdpException e) {
                assertThat(e.getMessage()).matches("[ -~]{1,300}").doesNotContain("%");
                continue;
            }
            accepted = true;
            String rebuilt = parsed.toSdp();
            assertThat(HARMLESS.matcher(rebuilt).matches()).as(rebuilt).isTrue();
            SessionDescription again = SessionDescription.parse(kind, rebuilt);
            assertThat(again.toSdp()).isEqualTo(rebuilt);
            assertThat(again).isEqualTo(parsed);
        }
        return accepted;
    }

    @Property(tries = 2000)
    void textOfAnyKindIsRefusedCleanly(@ForAll String text) {
        isHarmless(text);
        isHarmless("v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n" + text);
        isHarmless("v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=" + text);
    }

    @Property(tries = 20)
    void mutatedRecordingsAreParsedOrRefusedCleanly(@ForAll long seed) {
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 100; i++) {
            String mutated = mutate(random);
            accepted += isHarmless(mutated) ? 1 : 0;
        }
        assertThat(accepted).as("mutated descriptions that were accepted").isBetween(5, 95);
    }

    private static String mutate(Random random) {
        Recording recording = RECORDINGS.get(random.nextInt(RECORDINGS.size()));
        String text = recording.answer() != null && random.nextBoolean() ? recording.answer() : recording.offer();
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\r\n", -1)));
        lines.remove(lines.size() - 1);
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && lines.size() > 1; i++) {
            mutate(random, lines);
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private static void mutate(Random random, List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(7)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.add(at, LINES.get(random.nextInt(LINES.size())));
            case 3 -> lines.add(at, PIECES.get(random.nextInt(PIECES.size())));
            case 4 -> {
                String other = lines.set(random.nextInt(lines.size()), line);
                lines.set(at, other);
            }
            case 5 -> {
                int cut = random.nextInt(line.length() + 1);
                lines.set(at, line.substring(0, cut) + PIECES.get(random.nextInt(PIECES.size())) + line.substring(cut));
            }
            default -> {
                int from = random.nextInt(line.length() + 1);
                int to = from + random.nextInt(line.length() + 1 - from);
                lines.set(at, line.substring(0, from) + PIECES.get(random.nextInt(PIECES.size())) + line.substring(to));
            }
        }
    }

    @Property(tries = 300)
    void candidatesOfAnyKindAreParsedOrRefusedCleanly(@ForAll long seed, @ForAll String text) {
        candidate(text);
        candidate("candidate:" + text);
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            List<String> words = new ArrayList<>(List.of(
                    "candidate:1",
                    "1",
                    "tcp",
                    "2122260223",
                    "2001:db8::1",
                    "9",
                    "typ",
                    "srflx",
                    "raddr",
                    "192.0.2.7",
                    "rport",
                    "9",
                    "tcptype",
                    "active",
                    "generation",
                    "0",
                    "ufrag",
                    "abcd",
                    "network-cost",
                    "10"));
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(words.size());
                switch (random.nextInt(3)) {
                    case 0 -> words.remove(at);
                    case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                    default -> words.set(at, PIECES.get(random.nextInt(PIECES.size())));
                }
            }
            candidate(String.join(" ", words));
        }
    }

    private static void candidate(String text) {
        TrickledCandidate parsed;
        try {
            parsed = TrickledCandidate.parse(text);
        } catch (MalformedSdpException e) {
            assertThat(e.getMessage()).matches("[ -~]{1,300}").doesNotContain("%");
            return;
        }
        assertThat(parsed.toSdp()).matches("|candidate:[A-Za-z0-9 +/.:-]+");
        assertThat(TrickledCandidate.parse(parsed.toSdp())).isEqualTo(parsed);
    }
}
