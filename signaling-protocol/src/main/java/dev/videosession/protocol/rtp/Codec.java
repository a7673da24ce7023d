package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One payload format of a media section: its number, {@code rtpmap}, {@code rtcp-fb} and {@code fmtp} as one value.
 *
 * @param payloadType the number in RTP packets; 0, 8, 9 and 13 mean what RFC 3551 says, dynamic ones are 35 to 63 and 96 to
 *     127
 * @param encoding the format
 * @param clockRate in Hz
 * @param feedback what the receiver may send back, in the order of the description
 * @param parameters checked format parameters, in the order of the description
 * @param hints local settings for the native encoder (see {@link #withHint}); never parsed from a peer's text
 */
public record Codec(
        int payloadType,
        Encoding encoding,
        int clockRate,
        List<Feedback> feedback,
        Map<String, String> parameters,
        Map<String, Integer> hints) {
    private static final Set<String> HINTS =
            Set.of("x-google-start-bitrate", "x-google-min-bitrate", "x-google-max-bitrate");

    /** Checks every part. */
    public Codec {
        Tokens.require(
                encoding.accepts(payloadType, clockRate),
                Rule.CODEC,
                "payload type " + payloadType + " cannot be " + encoding.text() + "/" + clockRate);
        feedback = List.copyOf(feedback);
        Map<String, String> checked = new LinkedHashMap<>();
        parameters.forEach((name, value) -> checked.put(name, encoding.check(name, value)));
        Tokens.require(
                encoding != Encoding.RTX || checked.containsKey("apt"),
                Rule.CODEC,
                "payload type " + payloadType + " is rtx without apt");
        parameters = Collections.unmodifiableMap(checked);
        hints.forEach((name, value) -> Tokens.require(
                HINTS.contains(name) && value > 0, Rule.CODEC, "a hint must be a known name and a positive number"));
        hints = Collections.unmodifiableMap(new LinkedHashMap<>(hints));
    }

    /**
     * Adds a setting for the native encoder of this process.
     *
     * @param name {@code x-google-start-bitrate}, {@code x-google-min-bitrate} or {@code x-google-max-bitrate}
     * @param kilobits in kilobits per second, positive
     * @return a copy with the hint
     */
    public Codec withHint(String name, int kilobits) {
        Map<String, Integer> more = new LinkedHashMap<>(hints);
        more.put(name, kilobits);
        return new Codec(payloadType, encoding, clockRate, feedback, parameters, more);
    }

    /**
     * Adds parameters, which replace those of the same name.
     *
     * @param added checked as those of a description
     * @return a copy
     */
    public Codec withParameters(Map<String, String> added) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(added);
        return new Codec(payloadType, encoding, clockRate, feedback, all, hints);
    }

    /** {@return the payload type that this retransmission format repairs, or null if it is another format} */
    public @Nullable Integer repairs() {
        String apt = encoding == Encoding.RTX ? parameters.get("apt") : null;
        return apt == null ? null : Integer.valueOf(apt);
    }

    /** {@return whether the other codec is the same format under the same number, whatever its parameters} */
    public boolean isSameFormat(Codec other) {
        return payloadType == other.payloadType && encoding == other.encoding && clockRate == other.clockRate;
    }

    public void render(StringBuilder out) {
        out.append("a=rtpmap:").append(payloadType).append(' ').append(encoding.text());
        out.append('/').append(clockRate);
        if (encoding.channels() > 1) {
            out.append('/').append(encoding.channels());
        }
        out.append("\r\n");
        for (Feedback each : feedback) {
            out.append("a=rtcp-fb:").append(payloadType).append(' ').append(each.text());
            out.append("\r\n");
        }
        if (!parameters.isEmpty() || !hints.isEmpty()) {
            out.append("a=fmtp:").append(payloadType);
            String separator = " ";
            for (Map.Entry<String, String> each : parameters.entrySet()) {
                out.append(separator).append(each.getKey());
                out.append(each.getKey().isEmpty() ? "" : "=").append(each.getValue());
                separator = ";";
            }
            for (Map.Entry<String, Integer> each : hints.entrySet()) {
                out.append(separator).append(each.getKey()).append('=').append(each.getValue());
                separator = ";";
            }
            out.append("\r\n");
        }
    }
}
