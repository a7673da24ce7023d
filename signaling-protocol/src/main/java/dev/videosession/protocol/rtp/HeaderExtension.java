package dev.videosession.protocol.rtp;

import dev.videosession.protocol.grammar.MalformedSdpException;
import dev.videosession.protocol.grammar.MalformedSdpException.Rule;
import dev.videosession.protocol.grammar.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An RTP header extension under its local id (RFC 8285).
 *
 * @param id 1 to 14, or 16 to 255 in the two-byte form
 * @param uri what it is
 * @param direction the direction it is limited to, or null
 */
public record HeaderExtension(int id, Uri uri, @Nullable Direction direction) {
    private static final int RESERVED_ID = 15;

    /** Checks the id. */
    public HeaderExtension {
        Tokens.require(
                id >= 1 && id <= 255 && id != RESERVED_ID,
                Rule.EXTENSION,
                "a header extension's id must be from 1 to 14 or from 16 to 255");
    }

    /** The extensions that descriptions may name. */
    public enum Uri {
        /** Media id. */
        MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
        /** Simulcast layer. */
        RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
        /** Simulcast layer that a retransmission repairs. */
        REPAIRED_RTP_STREAM_ID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
        /** Loudness of the packet. */
        SSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
        /** Absolute send time. */
        ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
        /** Transmission time offset. */
        TOFFSET("urn:ietf:params:rtp-hdrext:toffset"),
        /** Transport-wide sequence number. */
        TRANSPORT_WIDE_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
        /** Rotation of the frame. */
        VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
        /** Limits of the playout delay. */
        PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
        /** Camera or screen. */
        VIDEO_CONTENT_TYPE("http://www.webrtc.org/experiments/rtp-hdrext/video-content-type"),
        /** Timing of the frame. */
        VIDEO_TIMING("http://www.webrtc.org/experiments/rtp-hdrext/video-timing"),
        /** Color space of the frame. */
        COLOR_SPACE("http://www.webrtc.org/experiments/rtp-hdrext/color-space"),
        /** Dependencies between frames of a scalable stream. */
        DEPENDENCY_DESCRIPTOR(
                "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
        /** Capture time. */
        ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time");

        private static final Map<String, Uri> BY_TEXT = new HashMap<>();

        static {
            for (Uri each : values()) {
                BY_TEXT.put(each.text, each);
            }
        }

        private final String text;

        Uri(String text) {
            this.text = text;
        }

        /** {@return the URI} */
        public String text() {
            return text;
        }
    }

    /** Reads the value of an {@code extmap} line; null if the extension is not one of those that are known. */
    public static @Nullable HeaderExtension parse(String value) {
        List<String> words = Tokens.words(value, 8, Rule.EXTENSION);
        Tokens.require(words.size() >= 2, Rule.EXTENSION, "a header extension must have an id and a URI");
        String number = words.get(0);
        int slash = number.indexOf('/');
        Direction direction = null;
        if (slash >= 0) {
            direction = Direction.of(number.substring(slash + 1));
            if (direction == null) {
                throw MalformedSdpException.of(Rule.EXTENSION, "unknown direction of a header extension", number);
            }
            number = number.substring(0, slash);
        }
        int id = Tokens.integer(number, 1, 65_535, Rule.EXTENSION, "a header extension's id");
        Uri uri = Uri.BY_TEXT.get(words.get(1));
        return uri == null ? null : new HeaderExtension(id, uri, direction);
    }

    public void render(StringBuilder out) {
        out.append("a=extmap:").append(id);
        if (direction != null) {
            out.append('/').append(direction.text());
        }
        out.append(' ').append(uri.text()).append("\r\n");
    }
}
