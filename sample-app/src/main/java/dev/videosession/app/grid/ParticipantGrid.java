package dev.videosession.app.grid;

import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.VideoType;
import dev.videosession.session.Stream;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.GraphicsConfiguration;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/**
 * The own video, mirrored, and every stream that is received, each with the name and the marks of its participant: up to 25 tiles on a
 * page, or one large tile (pinned, a shared screen, or who speaks in {@link GridView#SPEAKER}) beside small ones. For the Swing thread.
 */
public final class ParticipantGrid extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Color BACKGROUND = new Color(0x12151A);
    private static final float EMPTY_SIZE = 16;
    private static final Dimension USUAL = new Dimension(640, 360);

    private final transient Map<StreamId, RemoteTile> remote = new LinkedHashMap<>();
    private final transient Map<StreamId, @Nullable Dimension> sizes = new HashMap<>();
    private transient @Nullable ParticipantTile preview;
    private transient @Nullable ParticipantTile pinned;
    private transient @Nullable StreamId speaker;
    private transient GridView view = GridView.TILES;
    private transient TileListener listener = (stream, size) -> {};
    private transient Runnable onPages = () -> {};
    private int page;
    private int pages = 1;

    /** A tile and what it shows. */
    private record RemoteTile(ConnectionId connection, boolean screen, ParticipantTile tile) {}

    /** An empty grid. */
    public ParticipantGrid() {
        super(null);
        setName("grid");
        setBackground(BACKGROUND);
        setFocusable(true);
        getAccessibleContext().setAccessibleName(Texts.of("grid.name"));
    }

    /**
     * Sets who learns how large tiles are, for instance to ask publishers for video of that size.
     *
     * @param newListener called after each layout for what changed
     */
    public void setTileListener(TileListener newListener) {
        listener = newListener;
    }

    /**
     * Sets who learns that {@link #page()} or {@link #pages()} changed.
     *
     * @param task run after a layout
     */
    public void setPageListener(Runnable task) {
        onPages = task;
    }

    /**
     * Shows the own video as the first tile.
     *
     * @param feed the video
     * @param name shown with it
     */
    public void showPreview(VideoFeed feed, String name) {
        hidePreview();
        ParticipantTile tile = new ParticipantTile("preview", feed, () -> togglePin(preview));
        tile.setMirrored(true);
        tile.setState(TileState.NEW.asOwn().withName(name));
        preview = tile;
        add(tile, 0);
        refresh();
    }

    /** Shows the own video no longer. */
    public void hidePreview() {
        if (preview != null) {
            discard(preview);
            preview = null;
            refresh();
        }
    }

    /**
     * Shows what is sent of the own media.
     *
     * @param audio whether audio is sent
     * @param video whether video is sent; else the tile shows initials
     */
    public void setPreviewMedia(boolean audio, boolean video) {
        if (preview != null) {
            preview.setState(preview.state().withMedia(audio, video));
        }
    }

    /**
     * Shows whether the user raises a hand.
     *
     * @param raised whether
     */
    public void setPreviewHand(boolean raised) {
        if (preview != null) {
            preview.setState(preview.state().withHand(raised));
        }
    }

    /**
     * Shows a stream as the last tile.
     *
     * @param stream which
     * @param feed its video
     * @return the view that shows it
     */
    public VideoView show(Stream stream, VideoFeed feed) {
        hide(stream.id());
        StreamId id = stream.id();
        ParticipantTile tile = new ParticipantTile("tile:" + id, feed, () -> togglePin(tileOf(id)));
        boolean screen = stream.videoType().filter(VideoType.SCREEN::equals).isPresent();
        remote.put(id, new RemoteTile(stream.connection().id(), screen, tile));
        update(stream);
        add(tile);
        refresh();
        return tile.view();
    }

    /**
     * Follows a change of a stream: whether audio and video are sent, its name.
     *
     * @param stream which; unknown ones are ignored
     */
    public void update(Stream stream) {
        RemoteTile shown = remote.get(stream.id());
        if (shown != null) {
            boolean audio = shown.screen() || stream.hasAudio(); // a screen without sound is not muted
            shown.tile()
                    .setState(shown.tile().state().withName(Names.of(stream)).withMedia(audio, stream.hasVideo()));
        }
    }

    /**
     * Shows that a participant lost the connection, or has it again.
     *
     * @param connection of the participant
     * @param reconnecting whether
     */
    public void setReconnecting(ConnectionId connection, boolean reconnecting) {
        change(connection, state -> state.withReconnecting(reconnecting));
    }

    /**
     * Shows that a participant raises a hand.
     *
     * @param connection of the participant
     * @param raised whether
     */
    public void setHand(ConnectionId connection, boolean raised) {
        change(connection, state -> state.withHand(raised));
    }

    private void change(ConnectionId connection, UnaryOperator<TileState> change) {
        remote.values().stream()
                .filter(each -> each.connection().equals(connection))
                .forEach(each -> each.tile().setState(change.apply(each.tile().state())));
    }

    /**
     * Marks a stream as the one whose participant speaks.
     *
     * @param stream which; null for none: the tile that was large remains so
     */
    public void setSpeaker(@Nullable StreamId stream) {
        remote.forEach((id, each) -> each.tile().setSpeaking(id.equals(stream)));
        if (stream != null && !stream.equals(speaker)) {
            speaker = stream;
            if (view == GridView.SPEAKER) {
                refresh();
            }
        }
    }

    /**
     * Shows a stream no longer.
     *
     * @param stream which; unknown ones are ignored
     */
    public void hide(StreamId stream) {
        RemoteTile shown = remote.remove(stream);
        if (shown != null) {
            sizes.remove(stream);
            discard(shown.tile());
            refresh();
        }
    }

    /** Shows no streams any more, but the own video still. */
    public void hideStreams() {
        List.copyOf(remote.keySet()).forEach(this::hide);
    }

    private void discard(ParticipantTile tile) {
        if (pinned == tile) {
            pinned = null;
        }
        remove(tile);
        tile.close();
    }

    private @Nullable ParticipantTile tileOf(StreamId stream) {
        RemoteTile shown = remote.get(stream);
        return shown == null ? null : shown.tile();
    }

    private void togglePin(@Nullable ParticipantTile tile) {
        if (pinned != null) {
            pinned.setPinned(false);
        }
        pinned = pinned == tile ? null : tile;
        if (pinned != null) {
            pinned.setPinned(true);
        }
        page = 0;
        refresh();
    }

    /** {@return how the tiles are shown} */
    public GridView view() {
        return view;
    }

    /**
     * Changes how the tiles are shown.
     *
     * @param newView how
     */
    public void setView(GridView newView) {
        view = newView;
        page = 0;
        refresh();
    }

    /** {@return the page that is shown, from 0} */
    public int page() {
        return page;
    }

    /** {@return the number of pages, at least 1} */
    public int pages() {
        return pages;
    }

    /**
     * Shows another page.
     *
     * @param newPage from 0; the nearest one is taken if there is no such page
     */
    public void setPage(int newPage) {
        page = Math.max(0, Math.min(newPage, pages - 1));
        refresh();
    }

    private Optional<ParticipantTile> large() {
        if (pinned != null) {
            return Optional.of(pinned);
        }
        Optional<ParticipantTile> screen = remote.values().stream()
                .filter(RemoteTile::screen)
                .map(RemoteTile::tile)
                .reduce((first, second) -> second);
        if (screen.isPresent() || view == GridView.TILES) {
            return screen;
        }
        RemoteTile speaking = speaker == null ? null : remote.get(speaker);
        return speaking != null
                ? Optional.of(speaking.tile())
                : remote.values().stream().map(RemoteTile::tile).findFirst().or(() -> Optional.ofNullable(preview));
    }

    private List<ParticipantTile> tiles() {
        List<ParticipantTile> tiles = new ArrayList<>();
        if (preview != null) {
            tiles.add(preview);
        }
        remote.values().forEach(each -> tiles.add(each.tile()));
        return tiles;
    }

    @Override
    public void doLayout() {
        int gap = TileLayout.GAP;
        if (getWidth() <= 2 * gap || getHeight() <= 2 * gap) {
            return; // something covers the grid
        }
        Rectangle area = new Rectangle(gap, gap, getWidth() - 2 * gap, getHeight() - 2 * gap);
        List<ParticipantTile> small = tiles();
        Map<ParticipantTile, Rectangle> places = new HashMap<>();
        Optional<ParticipantTile> large = large();
        if (large.isPresent()) {
            small.remove(large.get());
            TileLayout.Focus focus = TileLayout.focus(area, small.size());
            places.put(large.get(), focus.large());
            putPage(small, Math.max(1, focus.small().size()), places, focus.small());
        } else {
            int capacity = TileLayout.capacity(small.size(), area);
            int shown = turnTo(small.size(), capacity);
            putPage(small, capacity, places, TileLayout.arrange(shown, area));
        }
        for (ParticipantTile tile : tiles()) {
            Rectangle place = places.get(tile);
            tile.setVisible(place != null);
            if (place != null) {
                tile.setBounds(place);
            }
        }
        reportSizes();
        onPages.run();
    }

    private void putPage(
            List<ParticipantTile> tiles, int capacity, Map<ParticipantTile, Rectangle> places, List<Rectangle> free) {
        turnTo(tiles.size(), capacity);
        for (int i = 0; i < free.size() && page * capacity + i < tiles.size(); i++) {
            places.put(tiles.get(page * capacity + i), free.get(i));
        }
    }

    /** Keeps the page in range, and returns how many tiles it has. */
    private int turnTo(int tiles, int capacity) {
        pages = Math.max(1, (tiles + capacity - 1) / capacity);
        page = Math.min(page, pages - 1);
        return Math.min(capacity, tiles - page * capacity);
    }

    private void reportSizes() {
        GraphicsConfiguration configuration = getGraphicsConfiguration();
        double density =
                configuration == null ? 1 : configuration.getDefaultTransform().getScaleX();
        remote.forEach((id, each) -> {
            ParticipantTile tile = each.tile();
            Dimension size = tile.isVisible()
                    ? new Dimension(
                            (int) Math.ceil(tile.getWidth() * density), (int) Math.ceil(tile.getHeight() * density))
                    : null;
            if (!sizes.containsKey(id) || !Objects.equals(sizes.get(id), size)) {
                sizes.put(id, size);
                listener.onTileSize(id, size);
            }
        });
    }

    @Override
    public Dimension getPreferredSize() {
        return USUAL;
    }

    @Override
    public Dimension getMinimumSize() {
        return new Dimension(0, 0);
    }

    @Override
    protected void paintComponent(Graphics g) {
        super.paintComponent(g);
        if (getComponentCount() == 0) {
            String text = Texts.of("grid.empty");
            g.setColor(Look.faint());
            g.setFont(getFont().deriveFont(EMPTY_SIZE));
            FontMetrics metrics = g.getFontMetrics();
            g.drawString(text, (getWidth() - metrics.stringWidth(text)) / 2, getHeight() / 2 + metrics.getAscent() / 2);
        }
    }

    private void refresh() {
        revalidate();
        repaint();
    }
}
