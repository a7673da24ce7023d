package dev.videosession.protocol.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a description says that must survive the rebuild, as a comparable value. An oracle for tests: it reads the text with
 * code of its own and uses nothing of the parser, so that a wrong drop there is a difference here.
 */
final class Meaning {
    private static final Set<String> CODECS = Set.of(
            "opus",
            "g722",
            "pcmu",
            "pcma",
            "cn",
            "telephone-event",
            "vp8",
            "vp9",
            "h264",
            "av1",
            "rtx",
            "red",
            "ulpfec",
            "flexfec-03");

    private static final Set<String> EXTENSIONS = Set.of(
            "urn:ietf:params:rtp-hdrext:sdes:mid",
            "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
            "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
            "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
            "urn:ietf:params:rtp-hdrext:toffset",
            "urn:3gpp:video-orientation",
            "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
            "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay",
            "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type",
            "http://www.webrtc.org/experiments/rtp-hdrext/video-timing",
            "http://www.webrtc.org/experiments/rtp-hdrext/color-space",
            "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time",
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
            "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");

    private static final Set<String> DIRECTIONS = Set.of("sendrecv", "sendonly", "recvonly", "inactive");
    private static final Set<String> TRANSPORT =
            Set.of("ice-ufrag", "ice-pwd", "ice-options", "fingerprint", "setup", "rtcp-mux");
    private static final Set<String> AS_THEY_ARE = Set.of(
            "mid",
            "msid",
            "rid",
            "rtcp-rsize",
            "bundle-only",
            "ptime",
            "maxptime",
            "end-of-candidates",
            "sctp-port",
            "max-message-size");

    private Meaning() {}

    /** {@return one list of sorted facts for the session and one for each section} */
    static List<List<String>> of(String sdp) {
        List<List<String>> blocks = new ArrayList<>();
        blocks.add(new ArrayList<>());
        for (String line : sdp.split("\r\n", -1)) {
            if (line.startsWith("m=")) {
                blocks.add(new ArrayList<>());
            }
            blocks.get(blocks.size() - 1).add(line);
        }
        List<String> session = blocks.get(0);
        List<List<String>> meaning = new ArrayList<>();
        meaning.add(session.stream()
                .filter(line -> line.startsWith("a=group:BUNDLE")
                        || line.startsWith("a=msid-semantic:")
                        || line.equals("a=ice-lite")
                        || line.startsWith("o="))
                .map(line -> line.startsWith("o=") ? origin(line) : line.replace(": ", ":"))
                .sorted()
                .toList());
        String mixed = "a=extmap-allow-mixed";
        if (session.contains(mixed) && blocks.size() > 1) {
            meaning.set(0, with(meaning.get(0), mixed));
        }
        Map<String, String> shared = new HashMap<>();
        for (int i = 1; i < blocks.size(); i++) {
            Map<String, String> transport = transport(session, blocks.get(i), i == 1 ? Map.of() : shared);
            if (i == 1) {
                shared.putAll(transport);
            }
            meaning.add(section(session, blocks.get(i), transport));
        }
        return meaning;
    }

    private static List<String> with(List<String> facts, String fact) {
        Set<String> more = new TreeSet<>(facts);
        more.add(fact);
        return List.copyOf(more);
    }

    private static String origin(String line) {
        String[] words = line.split(" ", -1);
        return "o " + words[1] + " " + words[2];
    }

    private static String name(String line) {
        String attribute = line.startsWith("a=") ? line.substring(2) : "";
        int colon = attribute.indexOf(':');
        return colon < 0 ? attribute : attribute.substring(0, colon);
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).trim();
    }

    private static Map<String, String> transport(
            List<String> session, List<String> section, Map<String, String> group) {
        Map<String, String> result = new TreeMap<>(group);
        for (List<String> lines : List.of(session, section)) {
            for (String line : lines) {
                if (TRANSPORT.contains(name(line))) {
                    result.put(name(line), line);
                }
            }
        }
        return result;
    }

    private static List<String> section(List<String> session, List<String> lines, Map<String, String> transport) {
        String[] media = lines.get(0).split(" ", -1);
        boolean data = media[0].equals("m=application");
        boolean rejected = media[1].equals("0") && !lines.contains("a=bundle-only");
        Set<String> facts = new TreeSet<>();
        if (rejected) {
            facts.add(media[0] + " rejected");
            lines.stream().filter(line -> name(line).equals("mid")).forEach(facts::add);
            return List.copyOf(facts);
        }
        Map<String, String> formats = formats(media, lines);
        facts.add(media[0] + " " + media[2] + " "
                + List.of(media).subList(3, media.length).stream()
                        .filter(number -> data || formats.containsKey(number))
                        .collect(Collectors.joining(" ")));
        transport.forEach((name, line) -> {
            if (!data || !name.equals("rtcp-mux")) {
                facts.add(line);
            }
        });
        String direction = "sendrecv";
        for (List<String> each : List.of(session, lines)) {
            for (String line : each) {
                direction = DIRECTIONS.contains(name(line)) ? name(line) : direction;
            }
        }
        if (!data) {
            facts.add(direction);
        }
        boolean layers = lines.stream().anyMatch(line -> line.startsWith("a=simulcast:") && line.contains("send "));
        for (String line : lines) {
            fact(line, formats, layers, facts);
        }
        return List.copyOf(facts);
    }

    private static void fact(String line, Map<String, String> formats, boolean layers, Set<String> facts) {
        String name = name(line);
        String[] words = value(line).split(" ", -1);
        switch (name) {
            case "rtpmap" -> {
                if (formats.containsKey(words[0])) {
                    facts.add("rtpmap " + words[0] + " " + formats.get(words[0]));
                }
            }
            case "rtcp-fb" -> {
                if (formats.containsKey(words[0])) {
                    facts.add(line);
                }
            }
            case "fmtp" -> {
                if (formats.containsKey(words[0])) {
                    facts.add("fmtp " + words[0] + " " + parameters(value(line).substring(words[0].length())));
                }
            }
            case "extmap" -> {
                if (EXTENSIONS.contains(words[1])) {
                    facts.add(line);
                }
            }
            case "candidate" -> facts.add(candidate("candidate:" + value(line)));
            case "simulcast" -> facts.add("simulcast " + value(line).replace("rid=", ""));
            case "ssrc", "ssrc-group" -> {
                if (!layers) {
                    facts.add(line);
                }
            }
            default -> {
                if (AS_THEY_ARE.contains(name) || line.startsWith("b=")) {
                    facts.add(line);
                }
            }
        }
    }

    /** Kept formats by number. What repairs or repeats a format that is not kept is not kept either. */
    private static Map<String, String> formats(String[] media, List<String> lines) {
        Map<String, String> formats = new HashMap<>();
        Map<String, String> carries = new HashMap<>();
        for (String line : lines) {
            String[] words = value(line).split(" ", -1);
            if (name(line).equals("rtpmap")) {
                String encoding = words[1].toLowerCase(Locale.ROOT).replaceFirst("/1$", "");
                if (CODECS.contains(encoding.substring(0, encoding.indexOf('/')))) {
                    formats.put(words[0], encoding);
                }
            } else if (name(line).equals("fmtp") && words[1].matches("apt=\\d+|\\d+(/\\d+)+")) {
                carries.put(words[0], words[1].replace("apt=", "").replaceFirst("/.*", ""));
            }
        }
        formats.keySet().retainAll(new HashSet<>(List.of(media).subList(3, media.length)));
        carries.forEach((number, carried) -> {
            if (!formats.containsKey(carried)) {
                formats.remove(number);
            }
        });
        return formats;
    }

    private static Set<String> parameters(String text) {
        Set<String> result = new TreeSet<>();
        for (String each : text.trim().split(";", -1)) {
            String parameter = each.trim();
            if (!parameter.startsWith("x-google-")) {
                result.add(parameter);
            }
        }
        return result;
    }

    /** The eight fixed words in order, then the named ones in any order. */
    static String candidate(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split(" ", -1);
        String foundation = text.split(" ", -1)[0];
        Map<String, String> named = new TreeMap<>();
        for (int i = 8; i + 1 < words.length; i += 2) {
            named.put(words[i], text.split(" ", -1)[i + 1]);
        }
        words[0] = foundation;
        return String.join(" ", List.of(words).subList(0, 8)) + " " + named;
    }
}
