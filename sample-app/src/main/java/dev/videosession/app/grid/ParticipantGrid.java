package dev.videosession.app.grid;

import dev.videosession.app.look.Glyph;
import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Stream;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Rectangle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * The own video, mirrored, and every stream that is received, each with the name and the marks of its participant: up to 25 tiles on a
 * page, or one large tile (pinned, a shared screen, or the active speaker in {@link GridView#SPEAKER}) beside small ones. For the Swing
 * thread.
 */
public final class ParticipantGrid extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Color BACKGROUND = new Color(0x12151A);
    private static final float EMPTY_SIZE = 16;
    private static final Dimension USUAL = new Dimension(640, 360);

    private final transient Tiles tiles = new Tiles();
    private final transient PagedLayout paged = new PagedLayout();
    private final transient Map<StreamId, Boolean> shown = new HashMap<>();
    private transient GridView view = GridView.TILES;
    private transient TileListener listener = (stream, now) -> {};
    private transient Runnable onPages = () -> {};
    private int reportedPage;
    private int reportedPages = 1;

    /** An empty grid. */
    public ParticipantGrid() {
        super(null);
        setName("grid");
        setBackground(BACKGROUND);
        setFocusable(true);
        getAccessibleContext().setAccessibleName(Texts.of("grid.name"));
    }

    /**
     * Sets the listener for the tiles that are shown, for instance to receive no video for the rest.
     *
     * @param newListener called after each layout for what changed
     */
    public void setTileListener(TileListener newListener) {
        listener = newListener;
    }

    /**
     * Sets the listener for changes of {@link #page()} and {@link #pages()}.
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
        ParticipantTile tile = new ParticipantTile("preview", feed, () -> togglePin(tiles.preview()));
        tile.setMirrored(true);
        tile.setState(TileState.NEW.asOwn().withName(name));
        tiles.setPreview(tile);
        add(tile, 0);
        refresh();
    }

    /** Shows the own video no longer. */
    public void hidePreview() {
        ParticipantTile preview = tiles.preview();
        if (preview != null) {
            discard(preview);
            tiles.setPreview(null);
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
        tiles.changePreview(state -> state.withMedia(audio, video));
    }

    /**
     * Shows whether the user raises a hand.
     *
     * @param raised whether
     */
    public void setPreviewHand(boolean raised) {
        tiles.changePreview(state -> state.withHand(raised));
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
        ParticipantTile tile = new ParticipantTile("tile:" + id, feed, () -> togglePin(tiles.get(id)));
        tiles.put(stream, tile);
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
        tiles.update(stream);
    }

    /**
     * Shows that a participant lost the connection, or has it again.
     *
     * @param connection of the participant
     * @param reconnecting whether
     */
    public void setReconnecting(ConnectionId connection, boolean reconnecting) {
        tiles.change(connection, state -> state.withReconnecting(reconnecting));
    }

    /**
     * Shows that a participant raises a hand.
     *
     * @param connection of the participant
     * @param raised whether
     */
    public void setHand(ConnectionId connection, boolean raised) {
        tiles.change(connection, state -> state.withHand(raised));
    }

    /**
     * Shows a reaction for a few seconds.
     *
     * @param connection of the participant, or null for the user
     * @param reaction what to show
     */
    public void react(@Nullable ConnectionId connection, Glyph reaction) {
        ParticipantTile preview = tiles.preview();
        if (connection != null) {
            tiles.react(connection, reaction);
        } else if (preview != null) {
            preview.react(reaction);
        }
    }

    /**
     * Shows how well a stream arrives.
     *
     * @param stream which; unknown ones are ignored
     * @param quality 1 (bad) to 5 (good), or 0 if it is not known
     */
    public void setQuality(StreamId stream, int quality) {
        ParticipantTile tile = tiles.get(stream);
        if (tile != null) {
            tile.setQuality(quality);
        }
    }

    /**
     * Marks the streams whose participants speak.
     *
     * @param active the one to show large; null for none: the tile that was large remains so
     * @param speaking all of them
     */
    public void setSpeakers(@Nullable StreamId active, Set<StreamId> speaking) {
        if (tiles.setSpeakers(active, speaking) && view == GridView.SPEAKER) {
            refresh();
        }
    }

    /**
     * Shows a stream no longer.
     *
     * @param stream which; unknown ones are ignored
     */
    public void hide(StreamId stream) {
        ParticipantTile tile = tiles.remove(stream);
        if (tile != null) {
            shown.remove(stream);
            discard(tile);
            refresh();
        }
    }

    /** Shows no streams any more, but the own video still. */
    public void hideStreams() {
        tiles.streams().forEach(this::hide);
    }

    private void discard(ParticipantTile tile) {
        tiles.forgetPin(tile);
        remove(tile);
        tile.close();
    }

    private void togglePin(@Nullable ParticipantTile tile) {
        tiles.togglePin(tile);
        paged.setPage(0);
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
        paged.setPage(0);
        refresh();
    }

    /** {@return the page that is shown, from 0} */
    public int page() {
        return paged.page();
    }

    /** {@return the number of pages, at least 1} */
    public int pages() {
        return paged.pages();
    }

    /**
     * Shows another page.
     *
     * @param newPage from 0; the nearest one is taken if there is no such page
     */
    public void setPage(int newPage) {
        paged.setPage(newPage);
        refresh();
    }

    /** {@return the stream of the large tile, else of the speaker, else the first one; empty if no stream is shown} */
    public Optional<StreamId> mainStream() {
        ParticipantTile main = tiles.large(view)
                .filter(tile -> tile != tiles.preview())
                .orElseGet(() -> tiles.speaking().orElse(null));
        return tiles.streams().stream().filter(id -> tiles.get(id) == main).findFirst();
    }

    @Override
    public void doLayout() {
        int gap = TileLayout.GAP;
        if (getWidth() <= 2 * gap || getHeight() <= 2 * gap) {
            return; // something covers the grid
        }
        Rectangle area = new Rectangle(gap, gap, getWidth() - 2 * gap, getHeight() - 2 * gap);
        Map<ParticipantTile, Rectangle> places = paged.place(tiles.all(), tiles.large(view), area);
        for (ParticipantTile tile : tiles.all()) {
            Rectangle place = places.get(tile);
            tile.setVisible(place != null);
            if (place != null) {
                tile.setBounds(place);
            }
        }
        tiles.eachRemote((id, tile) -> {
            Boolean before = shown.put(id, tile.isVisible());
            if (before == null || before != tile.isVisible()) {
                listener.onTileShown(id, tile.isVisible());
            }
        });
        if (reportedPage != paged.page() || reportedPages != paged.pages()) {
            reportedPage = paged.page();
            reportedPages = paged.pages();
            SwingUtilities.invokeLater(onPages); // what it shows or hides is not laid out during a layout
        }
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
