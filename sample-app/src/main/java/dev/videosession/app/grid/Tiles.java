package dev.videosession.app.grid;

import dev.videosession.app.look.Glyph;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Stream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The tiles of a grid, what they say of their participants, and which one is large. For the Swing thread. */
final class Tiles {
    private final Map<StreamId, RemoteTile> remote = new LinkedHashMap<>();
    private @Nullable ParticipantTile preview;
    private @Nullable ParticipantTile pinned;
    private @Nullable StreamId speaker;

    /** A tile and what it shows. */
    private record RemoteTile(ConnectionId connection, boolean screen, ParticipantTile tile) {}

    @Nullable
    ParticipantTile preview() {
        return preview;
    }

    void setPreview(@Nullable ParticipantTile tile) {
        preview = tile;
    }

    @Nullable
    ParticipantTile get(StreamId stream) {
        RemoteTile shown = remote.get(stream);
        return shown == null ? null : shown.tile();
    }

    void put(Stream stream, ParticipantTile tile) {
        boolean screen = stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
        remote.put(stream.id(), new RemoteTile(stream.connection().id(), screen, tile));
        update(stream);
    }

    /** {@return the tile that is no longer among these, or null} */
    @Nullable
    ParticipantTile remove(StreamId stream) {
        RemoteTile shown = remote.remove(stream);
        return shown == null ? null : shown.tile();
    }

    void forgetPin(ParticipantTile tile) {
        if (pinned == tile) {
            pinned = null;
        }
    }

    List<StreamId> streams() {
        return List.copyOf(remote.keySet());
    }

    void update(Stream stream) {
        RemoteTile shown = remote.get(stream.id());
        if (shown != null) {
            boolean audio = shown.screen() || stream.hasAudio(); // a screen without audio is not muted
            shown.tile()
                    .setState(shown.tile().state().withName(Names.of(stream)).withMedia(audio, stream.hasVideo()));
        }
    }

    void changePreview(UnaryOperator<TileState> change) {
        if (preview != null) {
            preview.setState(change.apply(preview.state()));
        }
    }

    void change(ConnectionId connection, UnaryOperator<TileState> change) {
        remote.values().stream()
                .filter(each -> each.connection().equals(connection))
                .forEach(each -> each.tile().setState(change.apply(each.tile().state())));
    }

    /** Shows a reaction on the first tile of a participant. */
    void react(ConnectionId connection, Glyph reaction) {
        remote.values().stream()
                .filter(each -> each.connection().equals(connection) && !each.screen())
                .findFirst()
                .ifPresent(each -> each.tile().react(reaction));
    }

    /** {@return whether another stream is the speaker's now} */
    boolean setSpeakers(@Nullable StreamId stream, Set<StreamId> speaking) {
        remote.forEach((id, each) -> each.tile().setSpeaking(speaking.contains(id)));
        if (stream == null || stream.equals(speaker)) {
            return false;
        }
        speaker = stream;
        return true;
    }

    void togglePin(@Nullable ParticipantTile tile) {
        if (pinned != null) {
            pinned.setPinned(false);
        }
        pinned = pinned == tile ? null : tile;
        if (pinned != null) {
            pinned.setPinned(true);
        }
    }

    /** {@return all tiles in their order, the preview first} */
    List<ParticipantTile> all() {
        List<ParticipantTile> tiles = new ArrayList<>();
        if (preview != null) {
            tiles.add(preview);
        }
        remote.values().forEach(each -> tiles.add(each.tile()));
        return tiles;
    }

    void eachRemote(BiConsumer<StreamId, ParticipantTile> task) {
        remote.forEach((id, each) -> task.accept(id, each.tile()));
    }

    /** {@return the tile that is shown large: a pinned one, a shared screen, or in the view of the speaker that one} */
    Optional<ParticipantTile> large(GridView view) {
        if (pinned != null) {
            return Optional.of(pinned);
        }
        Optional<ParticipantTile> screen = remote.values().stream()
                .filter(RemoteTile::screen)
                .map(RemoteTile::tile)
                .reduce((first, second) -> second);
        return screen.isPresent() || view == GridView.TILES ? screen : speaking();
    }

    /** {@return the tile of the participant who speaks or spoke last, else the first remote one, else the preview} */
    Optional<ParticipantTile> speaking() {
        ParticipantTile speaking = speaker == null ? null : get(speaker);
        return speaking != null
                ? Optional.of(speaking)
                : remote.values().stream().map(RemoteTile::tile).findFirst().or(() -> Optional.ofNullable(preview));
    }
}
