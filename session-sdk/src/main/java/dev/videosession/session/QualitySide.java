package dev.videosession.session;

/** Whose network or computer lowers the quality. */
public enum QualitySide {
    /** Neither: the score is 5. */
    NONE,
    /** This client's. */
    LOCAL,
    /** The remote participant's. */
    REMOTE,
    /** It cannot be known from here: there is one path only, and no measurement in the middle of it. */
    UNKNOWN
}
