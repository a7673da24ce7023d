package dev.videosession.app.grid;

/** The component that lays out tiles, as the tiles see it. For the Swing thread. */
interface TileHost {
    /** Shows a new tile. */
    void add(ParticipantTile tile);

    /** Closes a tile and shows it no longer. */
    void remove(ParticipantTile tile);

    /** Closes a tile and shows another one of the same participant, which is pinned and has the focus if the former was and had. */
    void replace(ParticipantTile former, ParticipantTile tile);

    /** Pins a tile, or unpins it. */
    void togglePin(ParticipantTile tile);

    /** Another participant is the active speaker. */
    void speakerChanged();
}
