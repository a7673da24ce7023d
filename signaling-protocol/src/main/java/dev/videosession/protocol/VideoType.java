package dev.videosession.protocol;

/** The kind of source of a stream's video. */
public enum VideoType implements WireName {
    /** A camera, or synthetic video in its place. */
    CAMERA("camera"),
    /** A screen or a window. */
    SCREEN("screen"),
    /** The application's own frames. */
    CUSTOM("custom");

    private final String wireName;

    VideoType(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
