package dev.videosession.server;

import dev.videosession.protocol.DescriptionKind;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.LinkMessage;

/** Small descriptions and candidates, in the form in which the server passes them on. */
public final class SampleSdp {
    public static final String CANDIDATE = "candidate:1 1 udp 2122260223 192.0.2.7 50000 typ host";

    private static final String FINGERPRINT = "AB:".repeat(31) + "AB";

    private SampleSdp() {}

    /** Audio and video that the publisher sends. */
    public static String offer() {
        return description("actpass", "sendonly", "v");
    }

    public static String answer() {
        return description("active", "recvonly", "v");
    }

    /** An offer whose second section has this media id. */
    public static String offer(String videoMid) {
        return description("actpass", "sendonly", videoMid);
    }

    private static String description(String setup, String direction, String videoMid) {
        return "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE a " + videoMid + "\r\n"
                + section("audio", 111, "a", setup, direction, "opus/48000/2")
                + section("video", 96, videoMid, setup, direction, "VP8/90000");
    }

    private static String section(String kind, int number, String mid, String setup, String direction, String codec) {
        return String.join(
                "\r\n",
                "m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + number,
                "c=IN IP4 0.0.0.0",
                "a=ice-ufrag:abcd",
                "a=ice-pwd:abcdefghijklmnopqrstuv",
                "a=fingerprint:sha-256 " + FINGERPRINT,
                "a=setup:" + setup,
                "a=mid:" + mid,
                "a=" + direction,
                "a=rtcp-mux",
                "a=rtpmap:" + number + " " + codec,
                "");
    }

    public static LinkMessage.Description offer(LinkId link, int negotiation) {
        return new LinkMessage.Description(link, negotiation, DescriptionKind.OFFER, offer());
    }

    public static LinkMessage.Description answer(LinkId link, int negotiation) {
        return new LinkMessage.Description(link, negotiation, DescriptionKind.ANSWER, answer());
    }

    public static LinkMessage.Candidate candidate(LinkId link, int negotiation) {
        return new LinkMessage.Candidate(link, negotiation, CANDIDATE, "a", 0);
    }
}
