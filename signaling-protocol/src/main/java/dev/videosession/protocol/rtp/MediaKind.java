package dev.videosession.protocol.rtp;

/** What a media section carries. A description has at most one section of each kind. */
public enum MediaKind {
    /** Audio over RTP. */
    AUDIO("audio"),
    /** Video over RTP. */
    VIDEO("video"),
    /** Data channels over SCTP. */
    APPLICATION("application");

    private final String text;

    MediaKind(String text) {
        this.text = text;
    }

    /** {@return the kind as it stands in an {@code m=} line} */
    public String text() {
        return text;
    }
}
