package dev.videosession.app.grid;

import dev.videosession.protocol.StreamId;

/** Learns which tiles of a {@link ParticipantGrid} are on the current page. Called on the Swing thread. */
@FunctionalInterface
public interface TileListener {
    /**
     * A tile is shown for the first time, is hidden, or is shown again.
     *
     * @param stream what it shows
     * @param shown false while it is on another page
     */
    void onTileShown(StreamId stream, boolean shown);
}
