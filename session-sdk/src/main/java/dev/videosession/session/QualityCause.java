package dev.videosession.session;

/** What lowers the quality of audio or video most. */
public enum QualityCause {
    /** Nothing does: the score is 5. */
    NONE,
    /** The path carries fewer bits than the media needs. */
    BANDWIDTH,
    /** Packets are lost on the path. */
    LOSS,
    /** Packets arrive late: the round trip is long, or the video stops now and then. */
    DELAY,
    /** A computer is too slow to encode or decode the video. */
    CPU,
    /** The remote participant sends less than it could, for a reason that is not visible here. */
    REMOTE_PARTICIPANT
}
