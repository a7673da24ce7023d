package dev.videosession.app.look;

/** Which colours the windows have. */
public enum Theme {
    /** Those of the desktop. */
    SYSTEM,
    /** Dark text on a light background. */
    LIGHT,
    /** Light text on a dark background. */
    DARK
}
