package dev.videosession.app.grid;

/** How a {@link ParticipantGrid} shows its tiles. */
public enum GridView {
    /** All of one size, unless a tile is pinned or a screen is shared. */
    TILES,
    /** The participant that speaks is large. */
    SPEAKER
}
