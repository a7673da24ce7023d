package dev.videosession.session;

/** A property of a stream that can change. */
public enum ChangedProperty {
    /** {@link Stream#hasAudio()}; values are {@link Boolean}. */
    HAS_AUDIO("hasAudio"),
    /** {@link Stream#hasVideo()}; values are {@link Boolean}. */
    HAS_VIDEO("hasVideo"),
    /** {@link Stream#videoType()}; values are {@link dev.videosession.protocol.VideoType}. */
    VIDEO_TYPE("videoType"),
    /** {@link Stream#videoDimensions()}; values are {@link dev.videosession.protocol.Dimensions}. */
    VIDEO_DIMENSIONS("videoDimensions");

    private final String wireName;

    ChangedProperty(String wireName) {
        this.wireName = wireName;
    }

    /** {@return OpenTok's name, for instance {@code hasAudio}} */
    public String wireName() {
        return wireName;
    }
}
