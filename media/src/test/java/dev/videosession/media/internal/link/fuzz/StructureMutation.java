package dev.videosession.media.internal.link.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Breaks the structure of a description: its numbers, words, attributes, lines and sections. */
final class StructureMutation implements UnaryOperator<String> {
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static final List<String> LINES = List.of(
            "a=rtpmap:96 VP8/90000",
            "a=rtpmap:97 rtx/90000",
            "a=rtpmap:111 opus/48000/2",
            "a=fmtp:97 apt=97",
            "a=fmtp:96 apt=97",
            "a=fmtp:63 111/111",
            "a=fmtp:63 63/63",
            "a=fmtp:96 x-google-max-bitrate=1;x-google-start-bitrate=2147483647",
            "a=rtcp-fb:* nack",
            "a=rtcp-fb:* ccm fir",
            "a=ssrc-group:SIM 1 2 3",
            "a=ssrc-group:FID 1 1",
            "a=ssrc-group:FID 1 2 3",
            "a=ssrc-group:FEC-FR 1 2",
            "a=ssrc:0 cname:x",
            "a=ssrc:1 cname:%n",
            "a=rid:0 send",
            "a=rid:1 recv pt=96;max-width=1",
            "a=simulcast:send 0;1;2 recv 0",
            "a=simulcast:recv ~0,1;2",
            "a=simulcast: recv rid=0;1;2",
            "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz",
            "a=sctpmap:5000 webrtc-datachannel 1024",
            "a=imageattr:96 send [x=1,y=1]",
            "a=x-google-flag:conference",
            "a=packetization:96 raw",
            "a=rtcp:9 IN IP4 0.0.0.0",
            "a=setup:holdconn",
            "a=fingerprint:sha-1 00:00",
            "a=ice-lite",
            "a=bundle-only",
            "a=end-of-candidates",
            "a=extmap:0 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=extmap:15 urn:ietf:params:rtp-hdrext:sdes:mid",
            "a=extmap:4096 urn:3gpp:video-orientation",
            "a=group:BUNDLE 0 0 1 1",
            "a=group:LS 0 1",
            "a=candidate:%n%n%s%s",
            "a=candidate:1 1 udp 1 192.0.2.9 9 typ host raddr",
            "b=AS:-1",
            "b=TIAS:99999999999",
            "c=IN IP6 ::1",
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "m=audio 9 RTP/AVP 0",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "m=text 9 UDP/TLS/RTP/SAVPF 98",
            "k=clear:%s",
            "z=0 0",
            "y=1");

    private final RandomGenerator random;

    StructureMutation(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public String apply(String text) {
        Sections sdp = new Sections(text);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            change(sdp);
        }
        String made = sdp.text();
        return random.nextInt(12) == 0 ? made.replace("\r\n", random.nextBoolean() ? "\n" : "\r") : made;
    }

    private void change(Sections sdp) {
        List<String> block = sdp.anyBlock(random);
        int at = block.isEmpty() ? -1 : random.nextInt(block.size());
        if (at < 0) {
            block.add(Odd.any(LINES, random));
            return;
        }
        String line = block.get(at);
        switch (random.nextInt(10)) {
            case 0 -> block.set(at, number(line));
            case 1 -> block.set(at, word(line));
            case 2 -> block.remove(at);
            case 3 -> block.add(random.nextInt(block.size() + 1), line);
            case 4, 5 -> block.add(1 + random.nextInt(block.size()), Odd.any(LINES, random));
            case 6 -> {
                List<String> rest = new ArrayList<>(block.subList(1, block.size()));
                Collections.shuffle(rest, new Random(random.nextLong()));
                rest.add(0, block.get(0));
                block.clear();
                block.addAll(rest);
            }
            case 7 -> sections(sdp);
            case 8 -> block.set(at, line + Odd.text(random));
            default -> block.set(at, number(line));
        }
    }

    private void sections(Sections sdp) {
        List<List<String>> sections = sdp.sections();
        if (sections.isEmpty()) {
            return;
        }
        List<String> section = Odd.any(sections, random);
        switch (random.nextInt(4)) {
            case 0 -> sections.remove(section);
            case 1 -> sections.add(new ArrayList<>(section));
            case 2 -> Collections.reverse(sections);
            default -> {
                for (int i = random.nextInt(80); i > 0; i--) {
                    sections.add(new ArrayList<>(section));
                }
            }
        }
    }

    private String number(String line) {
        List<int[]> found = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(line);
        while (matcher.find()) {
            found.add(new int[] {matcher.start(), matcher.end()});
        }
        if (found.isEmpty()) {
            return word(line);
        }
        int[] one = Odd.any(found, random);
        return line.substring(0, one[0]) + Odd.number(random) + line.substring(one[1]);
    }

    private String word(String line) {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        int at = random.nextInt(words.size());
        switch (random.nextInt(4)) {
            case 0 -> words.set(at, Odd.text(random));
            case 1 -> words.remove(at);
            case 2 -> words.add(at, words.get(at));
            default -> words.add(Odd.text(random));
        }
        return String.join(" ", words);
    }
}
