package dev.videosession.app.grid;

import dev.videosession.app.look.Glyph;
import dev.videosession.media.feed.VideoFeed;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The user's own video in a {@link ParticipantGrid}: the first tile, mirrored. Without a preview, changes are ignored. For the Swing thread. */
public final class OwnTile {
    private final TileHost host;
    private @Nullable ParticipantTile tile;

    OwnTile(TileHost host) {
        this.host = host;
    }

    Optional<ParticipantTile> tile() {
        return Optional.ofNullable(tile);
    }

    /**
     * Shows the own video, in place of what was shown before.
     *
     * @param feed the video
     * @param name shown with it
     */
    public void show(VideoFeed feed, String name) {
        hide();
        ParticipantTile shown = new ParticipantTile("preview", feed, host::togglePin);
        shown.setMirrored(true);
        shown.setState(TileState.NEW.asOwn().withName(name));
        tile = shown;
        host.add(shown);
    }

    /** Shows the own video no longer. */
    public void hide() {
        if (tile != null) {
            ParticipantTile former = tile;
            tile = null;
            host.remove(former);
        }
    }

    /**
     * Shows what is sent of the own media.
     *
     * @param audio whether audio is sent
     * @param video whether video is sent; else the tile shows initials
     */
    public void setMedia(boolean audio, boolean video) {
        change(state -> state.withMedia(audio, video));
    }

    /**
     * Shows whether the user raises a hand.
     *
     * @param raised whether
     */
    public void setHand(boolean raised) {
        change(state -> state.withHand(raised));
    }

    private void change(UnaryOperator<TileState> change) {
        if (tile != null) {
            tile.setState(change.apply(tile.state()));
        }
    }

    /**
     * Shows a reaction of the user for a few seconds.
     *
     * @param reaction what to show
     */
    public void react(Glyph reaction) {
        if (tile != null) {
            tile.react(reaction);
        }
    }
}
