package dev.videosession.media.link;

/**
 * An offer or an answer.
 *
 * @param number the negotiation this belongs to: each offer of a link counts one higher, its answer repeats the number
 * @param type offer or answer
 * @param sdp the description in SDP
 */
public record SessionDescription(int number, Type type, String sdp) {
    /** Which half of an exchange. */
    public enum Type {
        /** Proposes. */
        OFFER,
        /** Agrees. */
        ANSWER
    }

    @Override
    public String toString() {
        return "SessionDescription[number=" + number + ", type=" + type + ", sdp of " + sdp.length() + " characters]";
    }
}
