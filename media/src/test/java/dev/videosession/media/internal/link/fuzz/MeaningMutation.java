package dev.videosession.media.internal.link.fuzz;

import dev.videosession.protocol.DescriptionKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Makes well-formed descriptions that no honest endpoint would send at that point. */
final class MeaningMutation implements UnaryOperator<String> {
    private static final List<String> DIRECTIONS = List.of("a=sendrecv", "a=sendonly", "a=recvonly", "a=inactive");

    private static final List<String> SETUPS = List.of("active", "passive", "actpass");

    private static final List<String> PARAMETERS = List.of(
            "stereo=1",
            "usedtx=1",
            "cbr=1",
            "maxaveragebitrate=6000",
            "maxaveragebitrate=510000",
            "maxplaybackrate=8000",
            "useinbandfec=0",
            "minptime=3",
            "profile-id=2",
            "profile-id=3",
            "profile-level-id=000000",
            "profile-level-id=ffffff",
            "packetization-mode=1",
            "level-asymmetry-allowed=1",
            "max-fs=1",
            "max-fr=1",
            "profile=2;level-idx=31;tier=1",
            "rtx-time=0",
            "rtx-time=30000");

    private static final List<List<String>> CODECS = List.of(
            List.of("VP9/90000", "profile-id=0"),
            List.of("VP9/90000", "profile-id=2"),
            List.of("H264/90000", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
            List.of("H264/90000", "packetization-mode=0;profile-level-id=640034"),
            List.of("AV1/90000", "profile=0;level-idx=5;tier=0"),
            List.of("red/90000", ""),
            List.of("ulpfec/90000", ""),
            List.of("flexfec-03/90000", "repair-window=10000000"),
            List.of("opus/48000/2", "stereo=1"),
            List.of("telephone-event/8000", "0-15"),
            List.of("CN/8000", ""));

    private final DescriptionKind kind;
    private final RandomGenerator random;

    MeaningMutation(DescriptionKind kind, RandomGenerator random) {
        this.kind = kind;
        this.random = random;
    }

    @Override
    public String apply(String text) {
        Sections sdp = new Sections(text);
        // Most answers stay within the offer: all other answers are refused before they are applied.
        boolean strict = kind == DescriptionKind.ANSWER && random.nextInt(5) > 0;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            if (sdp.sections().isEmpty()) {
                break;
            }
            List<String> section = sdp.anySection(random);
            if (random.nextInt(5) == 0) {
                wide(sdp, section, strict ? 5 : 0);
            } else if (random.nextInt(3) == 0) {
                codecs(section, strict ? 5 : 7);
            } else {
                narrow(section);
            }
        }
        return sdp.text();
    }

    /** Changes that concern the whole description. */
    private void wide(Sections sdp, List<String> section, int from) {
        switch (random.nextInt(from, from == 0 ? 10 : 9)) {
            case 0 -> sdp.sections().remove(section);
            case 1 -> Collections.reverse(sdp.sections());
            case 2 -> sdp.blocks.get(0).removeIf(line -> line.startsWith("a=group:"));
            case 3 -> Sections.set(sdp.blocks.get(0), "a=group:BUNDLE", "");
            case 4 -> {
                String mid = Sections.value(section, "a=mid:");
                String name = Odd.token(random, 1 + random.nextInt(16));
                Sections.set(section, "a=mid:", name);
                List<String> session = sdp.blocks.get(0);
                session.replaceAll(line -> line.startsWith("a=group:BUNDLE") ? swapWord(line, mid, name) : line);
            }
            case 5 -> {
                String fragment = Odd.token(random, 4 + random.nextInt(28));
                String password = Odd.token(random, 22 + random.nextInt(40));
                for (List<String> each : sdp.sections()) {
                    Sections.set(each, "a=ice-ufrag:", fragment);
                    Sections.set(each, "a=ice-pwd:", password);
                }
            }
            case 6 -> {
                String fingerprint = "sha-256 " + Odd.hex(random, 32);
                sdp.sections().forEach(each -> Sections.set(each, "a=fingerprint:", fingerprint));
            }
            case 7 -> {
                String setup = Odd.any(kind == DescriptionKind.ANSWER ? List.of("active", "passive") : SETUPS, random);
                sdp.sections().forEach(each -> Sections.set(each, "a=setup:", setup));
            }
            case 8 -> sdp.blocks.get(0).add(random.nextBoolean() ? "a=ice-lite" : "a=extmap-allow-mixed");
            default -> {
                List<String> data = new ArrayList<>(List.of("m=application 9 UDP/DTLS/SCTP webrtc-datachannel"));
                section.stream()
                        .filter(line -> line.startsWith("a=ice-")
                                || line.startsWith("a=fingerprint")
                                || line.startsWith("a=setup"))
                        .forEach(data::add);
                data.addAll(List.of("a=mid:data", "a=sctp-port:5000", "a=max-message-size:" + random.nextInt(1 << 20)));
                sdp.blocks.add(data);
            }
        }
    }

    private static String swapWord(String line, String from, String to) {
        return (line + " ").replace(" " + from + " ", " " + to + " ").stripTrailing();
    }

    /** Changes that concern one section, codecs apart. */
    private void narrow(List<String> section) {
        switch (random.nextInt(16)) {
            case 0, 1 -> {
                section.removeIf(DIRECTIONS::contains);
                section.add(Odd.any(DIRECTIONS, random));
            }
            case 2 -> {
                section.set(0, section.get(0).replaceFirst(" \\d+ ", " 0 "));
                if (random.nextInt(3) == 0) {
                    section.add("a=bundle-only");
                }
            }
            case 3 -> section.removeIf(line -> line.startsWith("a=ssrc"));
            case 4 -> {
                section.removeIf(line -> line.startsWith("a=ssrc"));
                long ssrc = random.nextLong(1, 1L << 32);
                section.add("a=ssrc:" + ssrc + " cname:" + Odd.token(random, 8));
                if (random.nextBoolean()) {
                    section.add("a=ssrc-group:FID " + ssrc + " " + (ssrc + 1));
                    section.add("a=ssrc:" + (ssrc + 1) + " cname:" + Odd.token(random, 8));
                }
            }
            case 5 -> {
                Sections.set(section, "a=ice-ufrag:", Odd.token(random, 4));
                Sections.set(section, "a=ice-pwd:", Odd.token(random, 24));
            }
            case 6 -> remove(section, "a=extmap:");
            case 7 -> {
                int at = Sections.find(section, "a=extmap:", random);
                if (at >= 0) {
                    section.set(at, section.get(at).replaceFirst(":\\d+", ":" + (1 + random.nextInt(20))));
                }
            }
            case 8 -> section.removeIf(line -> line.startsWith("a=msid:"));
            case 9 -> section.add("a=msid:" + Odd.token(random, 5) + " " + Odd.token(random, 5));
            case 10 -> layers(section);
            case 11 ->
                section.add(1, "b=" + Odd.any(List.of("AS:0", "AS:1", "AS:30", "TIAS:0", "TIAS:2000000000"), random));
            case 12 -> section.add("a=" + Odd.any(List.of("ptime:", "maxptime:"), random) + (1 + random.nextInt(120)));
            case 13 -> {
                for (int i = random.nextInt(20); i > 0; i--) {
                    section.add("a=" + CandidateMutation.plain(random));
                }
            }
            case 14 -> section.removeIf(line -> line.equals("a=rtcp-rsize") || line.startsWith("a=ice-options"));
            default -> Sections.set(section, "a=fingerprint:", "sha-512 " + Odd.hex(random, 64));
        }
    }

    private void layers(List<String> section) {
        section.removeIf(line -> line.startsWith("a=rid:") || line.startsWith("a=simulcast:"));
        String direction = random.nextBoolean() ? "send" : "recv";
        int count = 1 + random.nextInt(4);
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < count; i++) {
            section.add("a=rid:" + i + " " + direction);
            list.append(i == 0 ? "" : ";")
                    .append(random.nextInt(4) == 0 ? "~" : "")
                    .append(i);
        }
        section.add("a=simulcast:" + direction + " " + list);
    }

    private void remove(List<String> section, String start) {
        int at = Sections.find(section, start, random);
        if (at >= 0) {
            section.remove(at);
        }
    }

    private void codecs(List<String> section, int choices) {
        List<String> words = new ArrayList<>(List.of(section.get(0).split(" ", -1)));
        if (words.size() < 4 || words.get(0).equals("m=application")) {
            return;
        }
        List<String> numbers = words.subList(3, words.size());
        String number = Odd.any(numbers, random);
        switch (random.nextInt(choices)) {
            case 0 -> {
                Collections.shuffle(numbers, new Random(random.nextLong()));
                section.set(0, String.join(" ", words));
            }
            case 1 -> {
                numbers.remove(number);
                section.removeIf(line -> ofFormat(line, number));
                section.set(0, String.join(" ", words));
            }
            case 2 -> remove(section, "a=rtcp-fb:");
            case 3 ->
                section.add("a=rtcp-fb:" + number + " "
                        + Odd.any(List.of("nack", "nack pli", "ccm fir", "goog-remb", "transport-cc", "rrtr"), random));
            case 4 -> {
                String parameter = Odd.any(PARAMETERS, random);
                int at = Sections.find(section, "a=fmtp:" + number + " ", random);
                if (at < 0) {
                    section.add("a=fmtp:" + number + " " + parameter);
                } else if (random.nextBoolean()) {
                    section.set(at, section.get(at) + ";" + parameter);
                } else {
                    section.remove(at);
                }
            }
            case 5 -> add(section, words);
            default -> {
                String other = Integer.toString(96 + random.nextInt(32));
                if (!numbers.contains(other)) {
                    numbers.set(numbers.indexOf(number), other);
                    section.set(0, String.join(" ", words));
                    section.replaceAll(
                            line -> ofFormat(line, number) ? line.replaceFirst(":" + number, ":" + other) : line);
                    section.replaceAll(line -> line.replaceFirst("apt=" + number + "$", "apt=" + other));
                }
            }
        }
    }

    private static boolean ofFormat(String line, String number) {
        return line.matches("a=(rtpmap|rtcp-fb|fmtp):" + number + " .*")
                || (line.startsWith("a=fmtp:") && line.endsWith("apt=" + number));
    }

    private void add(List<String> section, List<String> words) {
        List<String> codec = Odd.any(CODECS, random);
        String number = Integer.toString(35 + random.nextInt(29));
        if (words.contains(number)) {
            return;
        }
        words.add(random.nextBoolean() ? 3 : words.size(), number);
        section.set(0, String.join(" ", words));
        section.add("a=rtpmap:" + number + " " + codec.get(0));
        if (!codec.get(1).isEmpty()) {
            section.add("a=fmtp:" + number + " " + codec.get(1));
        }
    }
}
