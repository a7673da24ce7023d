package dev.videosession.app.grid;

import dev.videosession.protocol.StreamId;
import java.awt.Dimension;
import org.jspecify.annotations.Nullable;

/** Learns how large the tiles of a {@link ParticipantGrid} are. Called on the Swing thread. */
@FunctionalInterface
public interface TileListener {
    /**
     * A tile has another size, or is shown or hidden.
     *
     * @param stream what it shows
     * @param size in pixels of the screen, or null while it is on another page
     */
    void onTileSize(StreamId stream, @Nullable Dimension size);
}
