package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the lines about the payload types of a section. Makes a whole codec of each, or drops it whole. */
public final class CodecsReader {
    private static final String ALL = "*";
    private static final int MAX_PARAMETERS = 32;

    private final MediaKind kind;
    private final Map<Integer, Format> formats = new LinkedHashMap<>();
    private final Set<Feedback> feedbackForAll = new LinkedHashSet<>();

    /** One payload type of the {@code m=} line. */
    private static final class Format {
        private final int number;
        private @Nullable Encoding encoding;
        private int clockRate;
        private boolean mapped;
        private final Set<Feedback> feedback = new LinkedHashSet<>();
        private final List<String> parameters = new ArrayList<>();

        Format(int number) {
            this.number = number;
        }
    }

    public CodecsReader(MediaKind kind, List<String> numbers) {
        this.kind = kind;
        Tokens.require(
                numbers.size() <= RtpParameters.MAX_CODECS,
                Rule.CODEC,
                "a section has more than " + RtpParameters.MAX_CODECS + " payload types");
        for (String text : numbers) {
            int number = Tokens.integer(text, 0, 127, Rule.CODEC, "a payload type");
            Tokens.require(
                    formats.put(number, new Format(number)) == null,
                    Rule.CODEC,
                    "payload type " + number + " appears twice");
        }
    }

    /** Takes an attribute; false if it is none about payload types. */
    public boolean take(String name, String value) {
        switch (name) {
            case "rtpmap" -> map(value);
            case "rtcp-fb" -> feedback(value);
            case "fmtp" -> parameters(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String afterNumber(String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            throw MalformedSdpException.of(Rule.CODEC, "a payload type must be followed by a value", value);
        }
        return value.substring(space + 1).strip();
    }

    /** Lines about a number that is not in the {@code m=} line are ignored. */
    private @Nullable Format format(String value) {
        int space = value.indexOf(' ');
        String number = space < 0 ? value : value.substring(0, space);
        return formats.get(Tokens.integer(number, 0, 127, Rule.CODEC, "a payload type"));
    }

    private void map(String value) {
        Format format = format(value);
        List<String> parts = Tokens.parts(afterNumber(value), '/', 3, Rule.CODEC);
        Tokens.require(parts.size() >= 2, Rule.CODEC, "rtpmap must have a name and a clock rate");
        int clockRate = Tokens.integer(parts.get(1), 1, 1_000_000, Rule.CODEC, "a clock rate");
        int channels = parts.size() < 3 ? 1 : Tokens.integer(parts.get(2), 1, 255, Rule.CODEC, "channels");
        if (format != null) {
            Tokens.require(!format.mapped, Rule.CODEC, "payload type " + format.number + " has two rtpmap");
            format.mapped = true;
            format.clockRate = clockRate;
            format.encoding = Encoding.find(kind, parts.get(0), clockRate, channels);
        }
    }

    private void feedback(String value) {
        Feedback found = Feedback.of(afterNumber(value));
        if (value.startsWith(ALL + " ")) {
            if (found != null) {
                feedbackForAll.add(found);
            }
            return;
        }
        Format format = format(value);
        if (format != null && found != null) {
            format.feedback.add(found);
        }
    }

    private void parameters(String value) {
        Format format = format(value);
        String text = afterNumber(value);
        if (format != null) {
            format.parameters.addAll(Tokens.parts(text, ';', MAX_PARAMETERS, Rule.CODEC));
            Tokens.require(format.parameters.size() <= MAX_PARAMETERS, Rule.CODEC, "a codec has too many parameters");
        }
    }

    /**
     * Makes the codecs.
     *
     * @param drops whether unknown payload types are dropped; otherwise they are refused
     * @param staticTypes whether 0, 8, 9 and 13 are codecs without an {@code rtpmap}
     */
    public List<Codec> build(boolean drops, boolean staticTypes) {
        Map<Integer, Codec> known = new LinkedHashMap<>();
        for (Format format : formats.values()) {
            if (!format.mapped && staticTypes) {
                format.encoding = Encoding.ofStaticType(kind, format.number);
                format.clockRate = 8_000;
            }
            Codec codec = format.encoding == null ? null : codec(format, format.encoding, drops);
            if (codec != null) {
                known.put(format.number, codec);
            } else if (!drops) {
                throw new MalformedSdpException(
                        Rule.CODEC, "payload type " + format.number + " of an answer is not a known codec");
            }
        }
        if (drops) {
            dropOrphans(known);
        }
        return List.copyOf(known.values());
    }

    private @Nullable Codec codec(Format format, Encoding encoding, boolean drops) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : format.parameters) {
            String text = parameter.strip();
            int equals = text.indexOf('=');
            String name = equals < 0
                    ? Encoding.UNNAMED
                    : Tokens.lower(text.substring(0, equals).strip());
            if (!text.isEmpty() && encoding.knows(name)) {
                String value = text.substring(equals + 1).strip();
                Tokens.require(
                        parameters.put(name, value) == null,
                        Rule.CODEC,
                        "payload type " + format.number + " has a parameter twice");
            }
        }
        if (drops && encoding == Encoding.RTX && !parameters.containsKey("apt")) {
            return null;
        }
        Set<Feedback> feedback = new LinkedHashSet<>(format.feedback);
        if (encoding.isMedia()) {
            feedback.addAll(feedbackForAll);
        }
        return new Codec(format.number, encoding, format.clockRate, List.copyOf(feedback), parameters, Map.of());
    }

    /** A format that repairs or repeats a dropped one goes with it. Redundancy goes first: it may be repaired itself. */
    private static void dropOrphans(Map<Integer, Codec> known) {
        known.values().removeIf(codec -> {
            for (int each : RtpParameters.redundant(codec)) {
                Codec carried = known.get(each);
                if (carried == null || !carried.encoding().isMedia()) {
                    return true;
                }
            }
            return false;
        });
        Map<Integer, Codec> remaining = Map.copyOf(known);
        known.values().removeIf(codec -> {
            Integer apt = codec.repairs();
            return apt != null && !remaining.containsKey(apt);
        });
    }
}
