package dev.videosession.protocol.sdp;

import dev.videosession.protocol.DescriptionKind;
import java.util.ArrayList;
import java.util.List;

/** A small canonical description, and changes to its lines. */
final class Sdp {
    static final String FINGERPRINT = "AB:".repeat(31) + "AB";

    private final List<String> lines;

    private Sdp(List<String> lines) {
        this.lines = lines;
    }

    /** Audio and video that the writer sends, in canonical form. */
    static Sdp offer() {
        return new Sdp(List.of(
                "v=0",
                "o=- 1 2 IN IP4 127.0.0.1",
                "s=-",
                "t=0 0",
                "a=group:BUNDLE a v",
                "m=audio 9 UDP/TLS/RTP/SAVPF 111",
                "c=IN IP4 0.0.0.0",
                "a=ice-ufrag:abcd",
                "a=ice-pwd:abcdefghijklmnopqrstuv",
                "a=fingerprint:sha-256 " + FINGERPRINT,
                "a=setup:actpass",
                "a=mid:a",
                "a=sendonly",
                "a=rtcp-mux",
                "a=rtpmap:111 opus/48000/2",
                "m=video 9 UDP/TLS/RTP/SAVPF 96 97",
                "c=IN IP4 0.0.0.0",
                "a=ice-ufrag:abcd",
                "a=ice-pwd:abcdefghijklmnopqrstuv",
                "a=fingerprint:sha-256 " + FINGERPRINT,
                "a=setup:actpass",
                "a=mid:v",
                "a=sendonly",
                "a=rtcp-mux",
                "a=rtpmap:96 VP8/90000",
                "a=rtpmap:97 rtx/90000",
                "a=fmtp:97 apt=96"));
    }

    static Sdp answer() {
        return offer().replaceAll("a=setup:actpass", "a=setup:active").replaceAll("a=sendonly", "a=recvonly");
    }

    /** Lines at the end of the video section. */
    Sdp with(String... more) {
        List<String> changed = new ArrayList<>(lines);
        changed.addAll(List.of(more));
        return new Sdp(changed);
    }

    /** Lines at the end of the session part. */
    Sdp inSession(String... more) {
        List<String> changed = new ArrayList<>(lines);
        changed.addAll(4, List.of(more));
        return new Sdp(changed);
    }

    /** Replaces the last line that starts with a text: that of the video section, if both have one. */
    Sdp replace(String start, String... replacement) {
        List<String> changed = new ArrayList<>(lines);
        for (int i = changed.size() - 1; i >= 0; i--) {
            if (changed.get(i).startsWith(start)) {
                changed.remove(i);
                changed.addAll(i, List.of(replacement));
                return new Sdp(changed);
            }
        }
        throw new IllegalArgumentException("no line starts with " + start);
    }

    Sdp replaceAll(String start, String... replacement) {
        List<String> changed = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(start)) {
                changed.addAll(List.of(replacement));
            } else {
                changed.add(line);
            }
        }
        return new Sdp(changed);
    }

    String text() {
        return String.join("\r\n", lines) + "\r\n";
    }

    SessionDescription parsedOffer() {
        return SessionDescription.parse(DescriptionKind.OFFER, text());
    }

    SessionDescription parsedAnswer() {
        return SessionDescription.parse(DescriptionKind.ANSWER, text());
    }
}
