package dev.videosession.protocol.rtp;

import org.jspecify.annotations.Nullable;

/** Which way media flows, seen from the end that wrote the description. */
public enum Direction {
    /** Both ways. */
    SENDRECV("sendrecv", true, true),
    /** From the writer only. */
    SENDONLY("sendonly", true, false),
    /** To the writer only. */
    RECVONLY("recvonly", false, true),
    /** Neither way. */
    INACTIVE("inactive", false, false);

    private final String text;
    private final boolean sends;
    private final boolean receives;

    Direction(String text, boolean sends, boolean receives) {
        this.text = text;
        this.sends = sends;
        this.receives = receives;
    }

    /** {@return the attribute's name} */
    public String text() {
        return text;
    }

    /** {@return whether the writer of the description sends} */
    public boolean sends() {
        return sends;
    }

    /** {@return whether the writer of the description receives} */
    public boolean receives() {
        return receives;
    }

    /**
     * Tells whether an answer may have this direction (RFC 3264 section 6.1).
     *
     * @param offered the direction of the offer
     * @return true if the answerer sends only what the offerer receives, and receives only what the offerer sends
     */
    public boolean mayAnswer(Direction offered) {
        return (!sends || offered.receives) && (!receives || offered.sends);
    }

    public static @Nullable Direction of(String text) {
        return switch (text) {
            case "sendrecv" -> SENDRECV;
            case "sendonly" -> SENDONLY;
            case "recvonly" -> RECVONLY;
            case "inactive" -> INACTIVE;
            default -> null;
        };
    }
}
