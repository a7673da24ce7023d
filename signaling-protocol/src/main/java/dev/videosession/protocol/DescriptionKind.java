package dev.videosession.protocol;

/** Which half of an offer/answer exchange a session description is (W3C RTCSdpType). */
public enum DescriptionKind implements WireName {
    /** Starts a negotiation. */
    OFFER("offer"),
    /** Completes it. */
    ANSWER("answer");

    private final String wireName;

    DescriptionKind(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
