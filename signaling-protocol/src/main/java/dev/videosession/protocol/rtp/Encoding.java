package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The codecs and auxiliary payload formats that descriptions may name, with their format parameters. */
public enum Encoding {
    /** Opus (RFC 7587). */
    OPUS(
            "opus",
            MediaKind.AUDIO,
            2,
            Set.of(48_000),
            Map.ofEntries(
                    Map.entry("minptime", Value.range(3, 120)),
                    Map.entry("ptime", Value.range(3, 120)),
                    Map.entry("maxptime", Value.range(3, 120)),
                    Map.entry("useinbandfec", Value.FLAG),
                    Map.entry("usedtx", Value.FLAG),
                    Map.entry("stereo", Value.FLAG),
                    Map.entry("sprop-stereo", Value.FLAG),
                    Map.entry("cbr", Value.FLAG),
                    Map.entry("maxaveragebitrate", Value.range(6_000, 510_000)),
                    Map.entry("maxplaybackrate", Value.range(8_000, 48_000)),
                    Map.entry("sprop-maxcapturerate", Value.range(8_000, 48_000)))),
    /** Redundant audio (RFC 2198); its parameter under the empty name lists payload types: {@code 111/111}. */
    AUDIO_RED("red", MediaKind.AUDIO, 2, Set.of(48_000), Map.of("", Value.PAYLOAD_TYPES)),
    /** G.722. */
    G722("G722", MediaKind.AUDIO, 1, Set.of(8_000), Map.of()),
    /** G.711 mu-law. */
    PCMU("PCMU", MediaKind.AUDIO, 1, Set.of(8_000), Map.of()),
    /** G.711 A-law. */
    PCMA("PCMA", MediaKind.AUDIO, 1, Set.of(8_000), Map.of()),
    /** Comfort noise (RFC 3389). */
    COMFORT_NOISE("CN", MediaKind.AUDIO, 1, Set.of(8_000, 16_000, 32_000, 48_000), Map.of()),
    /** DTMF (RFC 4733); its parameter under the empty name lists events: {@code 0-15}. */
    TELEPHONE_EVENT(
            "telephone-event",
            MediaKind.AUDIO,
            1,
            Set.of(8_000, 16_000, 32_000, 48_000),
            Map.of("", Value.TELEPHONE_EVENTS)),
    /** VP8 (RFC 7741). */
    VP8("VP8", MediaKind.VIDEO, 1, Set.of(90_000), Map.of("max-fs", Value.SIZE, "max-fr", Value.SIZE)),
    /** VP9 (RFC 9628). */
    VP9(
            "VP9",
            MediaKind.VIDEO,
            1,
            Set.of(90_000),
            Map.of("profile-id", Value.range(0, 3), "max-fs", Value.SIZE, "max-fr", Value.SIZE)),
    /** H.264 (RFC 6184). */
    H264(
            "H264",
            MediaKind.VIDEO,
            1,
            Set.of(90_000),
            Map.of(
                    "profile-level-id",
                    Value.PROFILE_LEVEL_ID,
                    "packetization-mode",
                    Value.FLAG,
                    "level-asymmetry-allowed",
                    Value.FLAG,
                    "max-fs",
                    Value.SIZE,
                    "max-fr",
                    Value.SIZE,
                    "max-mbps",
                    Value.SIZE)),
    /** AV1. */
    AV1(
            "AV1",
            MediaKind.VIDEO,
            1,
            Set.of(90_000),
            Map.of("profile", Value.range(0, 2), "level-idx", Value.range(0, 31), "tier", Value.FLAG)),
    /** Retransmission (RFC 4588). */
    RTX(
            "rtx",
            MediaKind.VIDEO,
            1,
            Set.of(90_000),
            Map.of("apt", Value.range(0, 127), "rtx-time", Value.range(0, 30_000))),
    /** Redundant video, the envelope of {@link #ULPFEC}. */
    VIDEO_RED("red", MediaKind.VIDEO, 1, Set.of(90_000), Map.of()),
    /** Forward error correction (RFC 5109). */
    ULPFEC("ulpfec", MediaKind.VIDEO, 1, Set.of(90_000), Map.of()),
    /** Flexible forward error correction, draft version 3. */
    FLEXFEC_03(
            "flexfec-03", MediaKind.VIDEO, 1, Set.of(90_000), Map.of("repair-window", Value.range(0, 1_000_000_000)));

    /** The name under which parameters without a name are kept. */
    static final String UNNAMED = "";

    private final String text;
    private final MediaKind kind;
    private final int channels;
    private final Set<Integer> clockRates;
    private final Map<String, Value> parameters;

    Encoding(String text, MediaKind kind, int channels, Set<Integer> clockRates, Map<String, Value> parameters) {
        this.text = text;
        this.kind = kind;
        this.channels = channels;
        this.clockRates = clockRates;
        this.parameters = parameters;
    }

    /** {@return the name in canonical spelling} */
    public String text() {
        return text;
    }

    /** {@return the kind of section it belongs in} */
    public MediaKind kind() {
        return kind;
    }

    /** {@return 2 for Opus and its redundancy, 1 for everything else} */
    public int channels() {
        return channels;
    }

    /** {@return whether it carries media by itself; a section in use has at least one such codec} */
    public boolean isMedia() {
        return switch (this) {
            case OPUS, G722, PCMU, PCMA, VP8, VP9, H264, AV1 -> true;
            case AUDIO_RED, COMFORT_NOISE, TELEPHONE_EVENT, RTX, VIDEO_RED, ULPFEC, FLEXFEC_03 -> false;
        };
    }

    /** {@return whether a section may have it under this number} */
    boolean accepts(int payloadType, int clockRate) {
        return clockRates.contains(clockRate)
                && switch (payloadType) {
                    case 0 -> this == PCMU;
                    case 8 -> this == PCMA;
                    case 9 -> this == G722;
                    case 13 -> this == COMFORT_NOISE && clockRate == 8_000;
                    default -> (payloadType >= 35 && payloadType <= 63) || (payloadType >= 96 && payloadType <= 127);
                };
    }

    /** {@return whether the parameter is one of those that are kept} */
    boolean knows(String parameter) {
        return parameters.containsKey(parameter);
    }

    /** Checks a parameter and returns its canonical value. */
    String check(String parameter, String value) {
        Value form = parameters.get(parameter);
        if (form == null) {
            throw MalformedSdpException.of(Rule.CODEC, text + " has no such format parameter", parameter);
        }
        return form.check(text + " " + (parameter.isEmpty() ? "parameter" : parameter), value);
    }

    static @Nullable Encoding find(MediaKind kind, String name, int clockRate, int channels) {
        for (Encoding each : values()) {
            if (each.kind == kind
                    && each.channels == channels
                    && each.clockRates.contains(clockRate)
                    && each.text.equalsIgnoreCase(name)) {
                return each;
            }
        }
        return null;
    }

    /** The codec that a number means without an {@code rtpmap}. */
    static @Nullable Encoding ofStaticType(MediaKind kind, int payloadType) {
        if (kind != MediaKind.AUDIO) {
            return null;
        }
        return switch (payloadType) {
            case 0 -> PCMU;
            case 8 -> PCMA;
            case 9 -> G722;
            case 13 -> COMFORT_NOISE;
            default -> null;
        };
    }

    /** The form of a parameter's value. */
    private interface Value {
        Value FLAG = range(0, 1);
        Value SIZE = range(1, 10_000_000);

        Value PROFILE_LEVEL_ID = (what, text) -> {
            if (!Tokens.consistsOf(text, 6, 6, Tokens::isHex)) {
                throw MalformedSdpException.of(Rule.CODEC, what + " must have 6 hexadecimal digits", text);
            }
            return Tokens.lower(text);
        };

        Value PAYLOAD_TYPES = (what, text) -> {
            StringBuilder canonical = new StringBuilder();
            for (String each : Tokens.parts(text, '/', 8, Rule.CODEC)) {
                canonical.append(canonical.isEmpty() ? "" : "/").append(Tokens.integer(each, 0, 127, Rule.CODEC, what));
            }
            return canonical.toString();
        };

        Value TELEPHONE_EVENTS = (what, text) -> {
            StringBuilder canonical = new StringBuilder();
            for (String range : Tokens.parts(text, ',', 16, Rule.CODEC)) {
                canonical.append(canonical.isEmpty() ? "" : ",");
                String separator = "";
                for (String end : Tokens.parts(range, '-', 2, Rule.CODEC)) {
                    canonical.append(separator).append(Tokens.integer(end, 0, 255, Rule.CODEC, what));
                    separator = "-";
                }
            }
            return canonical.toString();
        };

        String check(String what, String text);

        static Value range(int min, int max) {
            return (what, text) -> Integer.toString(Tokens.integer(text, min, max, Rule.CODEC, what));
        }
    }
}
