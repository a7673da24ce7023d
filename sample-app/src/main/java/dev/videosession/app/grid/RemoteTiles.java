package dev.videosession.app.grid;

import dev.videosession.app.look.Glyph;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Stream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of the other participants in a {@link ParticipantGrid}: one for each stream, in the order in which the streams are shown,
 * then an avatar for each participant without a stream of a camera or microphone. For the Swing thread.
 */
public final class RemoteTiles {
    private final TileHost host;
    private final Map<StreamId, StreamTile> streams = new LinkedHashMap<>();
    private final AvatarTiles avatars;
    private Map<ConnectionId, GridParticipant> participants = Map.of();
    private @Nullable StreamId speaker;

    RemoteTiles(TileHost host) {
        this.host = host;
        avatars = new AvatarTiles(host);
    }

    /** A tile with the video of a stream. */
    private static final class StreamTile {
        private final ConnectionId connection;
        private final boolean screen;
        private final ParticipantTile tile;
        private @Nullable Boolean reported; // whether it is shown

        StreamTile(Stream stream, ParticipantTile tile) {
            connection = stream.connection().id();
            screen = stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
            this.tile = tile;
        }

        boolean isOf(ConnectionId participant) {
            return !screen && connection.equals(participant);
        }

        void update(Stream stream) {
            boolean audio = screen || stream.hasAudio(); // a screen without audio is not muted
            tile.setState(tile.state().withName(Names.of(stream)).withMedia(audio, stream.hasVideo()));
        }

        void mark(@Nullable GridParticipant participant) {
            if (participant != null) {
                tile.setState(participant.mark(tile.state()));
            }
        }
    }

    /**
     * Adds a tile for a stream at the end, replacing the avatar of its participant.
     *
     * @param stream which
     * @param feed its video
     * @return the view that shows it
     */
    public VideoView show(Stream stream, VideoFeed feed) {
        hide(stream.id());
        StreamTile shown = new StreamTile(stream, new ParticipantTile("tile:" + stream.id(), feed, host::togglePin));
        shown.update(stream);
        shown.mark(participants.get(shown.connection));
        streams.put(stream.id(), shown);
        Optional<ParticipantTile> avatar = shown.screen ? Optional.empty() : avatars.release(shown.connection);
        avatar.ifPresentOrElse(former -> host.replace(former, shown.tile), () -> host.add(shown.tile));
        return shown.tile.view();
    }

    /**
     * Updates the tile of a stream: its name, and whether audio and video are sent.
     *
     * @param stream which; unknown ones are ignored
     */
    public void update(Stream stream) {
        StreamTile shown = streams.get(stream.id());
        if (shown != null) {
            shown.update(stream);
        }
    }

    /**
     * Removes the tile of a stream. If it was the last one of a participant, except for a screen, an avatar takes its place.
     *
     * @param stream which; unknown ones are ignored
     */
    public void hide(StreamId stream) {
        StreamTile shown = streams.remove(stream);
        if (shown == null) {
            return;
        }
        GridParticipant participant = participants.get(shown.connection);
        if (participant == null || shown.screen || visible().contains(shown.connection)) {
            host.remove(shown.tile);
        } else {
            avatars.replace(shown.tile, participant);
        }
    }

    /** {@return the participants with a stream of a camera or microphone} */
    private Set<ConnectionId> visible() {
        return streams.values().stream()
                .filter(each -> !each.screen)
                .map(each -> each.connection)
                .collect(Collectors.toSet());
    }

    /** Removes all streams and avatars. */
    public void clear() {
        participants = Map.of();
        avatars.retain(Set.of());
        List.copyOf(streams.keySet()).forEach(this::hide);
    }

    /**
     * Shows the hands and lost connections of participants, and an avatar for each one without a stream of a camera or microphone.
     *
     * @param now all participants except the user; clients that only watch are not among them
     */
    public void setParticipants(Collection<GridParticipant> now) {
        Map<ConnectionId, GridParticipant> known = new LinkedHashMap<>();
        Map<ConnectionId, GridParticipant> without = new LinkedHashMap<>();
        Set<ConnectionId> visible = visible();
        for (GridParticipant each : now) {
            known.put(each.id(), each);
            if (!visible.contains(each.id())) {
                without.put(each.id(), each);
            }
        }
        participants = known;
        streams.values().forEach(each -> each.mark(known.get(each.connection)));
        avatars.retain(without.keySet());
        without.values().forEach(avatars::show);
    }

    /**
     * Shows a reaction for a few seconds.
     *
     * @param connection of the participant
     * @param reaction what to show
     */
    public void react(ConnectionId connection, Glyph reaction) {
        streams.values().stream()
                .filter(each -> each.isOf(connection))
                .map(each -> each.tile)
                .findFirst()
                .or(() -> avatars.of(connection))
                .ifPresent(tile -> tile.react(reaction));
    }

    /**
     * Shows the quality of a received stream.
     *
     * @param stream which; unknown ones are ignored
     * @param quality 1 (bad) to 5 (good), or 0 if it is not known
     */
    public void setQuality(StreamId stream, int quality) {
        StreamTile shown = streams.get(stream);
        if (shown != null) {
            shown.tile.setQuality(quality);
        }
    }

    /**
     * Marks the streams of participants who are speaking.
     *
     * @param active the stream to show large; null to keep the large tile
     * @param speaking the streams of all speaking participants
     */
    public void setSpeakers(@Nullable StreamId active, Set<StreamId> speaking) {
        streams.forEach((id, each) -> each.tile.setSpeaking(speaking.contains(id)));
        if (active != null && !active.equals(speaker)) {
            speaker = active;
            host.speakerChanged();
        }
    }

    /** {@return all tiles in their order} */
    List<ParticipantTile> all() {
        List<ParticipantTile> tiles = new ArrayList<>();
        streams.values().forEach(each -> tiles.add(each.tile));
        tiles.addAll(avatars.all());
        return tiles;
    }

    /** {@return the latest shared screen} */
    Optional<ParticipantTile> screen() {
        return streams.values().stream()
                .filter(each -> each.screen)
                .map(each -> each.tile)
                .reduce((first, second) -> second);
    }

    /** {@return the stream of the participant who speaks or spoke last, else the first stream} */
    Optional<StreamId> speaking() {
        return Optional.ofNullable(speaker)
                .filter(streams::containsKey)
                .or(() -> streams.keySet().stream().findFirst());
    }

    /** {@return the tile of {@link #speaking()}, else the first avatar} */
    Optional<ParticipantTile> speakingTile() {
        return speaking()
                .map(id -> Objects.requireNonNull(streams.get(id)).tile)
                .or(() -> avatars.all().stream().findFirst());
    }

    /** {@return the stream that a tile shows; empty for an avatar and for the own tile} */
    Optional<StreamId> streamOf(ParticipantTile tile) {
        return streams.entrySet().stream()
                .filter(each -> each.getValue().tile == tile)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Reports the tiles of streams that are shown for the first time, are hidden, or are shown again. */
    void report(TileListener listener) {
        streams.forEach((id, each) -> {
            boolean shown = each.tile.isVisible();
            if (each.reported == null || each.reported != shown) {
                each.reported = shown;
                listener.onTileShown(id, shown);
            }
        });
    }
}
