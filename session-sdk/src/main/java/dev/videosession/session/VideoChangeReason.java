package dev.videosession.session;

/** Why video of a stream stopped or started. */
public enum VideoChangeReason {
    /** The publisher turned its video off or on. */
    PUBLISH_VIDEO("publishVideo"),
    /** The subscriber turned its video off or on. */
    SUBSCRIBE_TO_VIDEO("subscribeToVideo"),
    /** The link carries too little for video, or carries enough again. */
    QUALITY("quality");

    private final String wireName;

    VideoChangeReason(String wireName) {
        this.wireName = wireName;
    }

    /** {@return OpenTok's name, for instance {@code publishVideo}} */
    public String wireName() {
        return wireName;
    }
}
