package dev.videosession.protocol.rtp;

import org.jspecify.annotations.Nullable;

/** RTCP feedback that a codec may ask for (RFC 4585). Any other is dropped. */
public enum Feedback {
    /** Receiver-estimated bitrate. */
    GOOG_REMB("goog-remb"),
    /** Transport-wide congestion control. */
    TRANSPORT_CC("transport-cc"),
    /** Full intra request. */
    CCM_FIR("ccm fir"),
    /** Temporary bitrate limit. */
    CCM_TMMBR("ccm tmmbr"),
    /** Retransmission request. */
    NACK("nack"),
    /** Picture loss indication. */
    NACK_PLI("nack pli"),
    /** Receiver reference time. */
    RRTR("rrtr");

    private final String text;

    Feedback(String text) {
        this.text = text;
    }

    /** {@return the value as it stands in an {@code rtcp-fb} line} */
    public String text() {
        return text;
    }

    static @Nullable Feedback of(String text) {
        for (Feedback each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        return null;
    }
}
