package dev.videosession.app.grid;

/** The component that lays out tiles, as the tiles see it. For the Swing thread. */
interface TileHost {
    /** Shows a new tile. */
    void add(ParticipantTile tile);

    /** Closes and removes a tile. */
    void remove(ParticipantTile tile);

    /**
     * Closes a tile and shows another one of the same participant. If the former tile was pinned or had the focus, the new one is pinned or
     * has the focus.
     */
    void replace(ParticipantTile former, ParticipantTile tile);

    /** Pins a tile, or unpins it. */
    void togglePin(ParticipantTile tile);

    /** Called when another participant has become the active speaker. */
    void speakerChanged();
}
