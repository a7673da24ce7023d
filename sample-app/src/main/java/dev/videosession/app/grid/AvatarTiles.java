package dev.videosession.app.grid;

import dev.videosession.protocol.ConnectionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tiles of participants without video: initials and a name. For the Swing thread. */
final class AvatarTiles {
    private final TileHost host;
    private final Map<ConnectionId, ParticipantTile> tiles = new LinkedHashMap<>();

    AvatarTiles(TileHost host) {
        this.host = host;
    }

    /** Adds a tile for a participant at the end, or updates its tile. */
    void show(GridParticipant participant) {
        ParticipantTile tile = tiles.get(participant.id());
        if (tile == null) {
            host.add(create(participant));
        } else if (!state(participant).equals(tile.state())) {
            tile.setState(state(participant));
        }
    }

    /** Adds a tile for a participant at the end, replacing the tile with its video. */
    void replace(ParticipantTile video, GridParticipant participant) {
        host.replace(video, create(participant));
    }

    private ParticipantTile create(GridParticipant participant) {
        ParticipantTile tile = new ParticipantTile("avatar:" + participant.id(), null, host::togglePin);
        tile.setState(state(participant));
        tiles.put(participant.id(), tile);
        return tile;
    }

    private static TileState state(GridParticipant participant) {
        return participant.mark(TileState.NEW.withName(participant.name()).withMedia(false, false));
    }

    /** Removes all tiles except those of the given participants. */
    void retain(Set<ConnectionId> participants) {
        for (ConnectionId id : List.copyOf(tiles.keySet())) {
            if (!participants.contains(id)) {
                release(id).ifPresent(host::remove);
            }
        }
    }

    /** {@return the tile of a participant, which the caller removes or replaces} */
    Optional<ParticipantTile> release(ConnectionId participant) {
        return Optional.ofNullable(tiles.remove(participant));
    }

    Optional<ParticipantTile> of(ConnectionId participant) {
        return Optional.ofNullable(tiles.get(participant));
    }

    /** {@return the tiles in the order in which their participants appeared} */
    List<ParticipantTile> all() {
        return List.copyOf(tiles.values());
    }
}
