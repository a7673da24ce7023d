package dev.videosession.protocol;

/** Where the pictures of a stream come from. */
public enum VideoType implements WireName {
    /** A camera, or a synthetic picture in its place. */
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
