package dev.videosession.app.grid;

import dev.videosession.app.look.Look;
import dev.videosession.app.text.Texts;
import dev.videosession.protocol.StreamId;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/**
 * Shows the participants of a session as tiles: the user's own video, mirrored, then every received stream, then an avatar for each
 * participant without a stream. A page has up to 25 tiles, or one large tile (pinned, a shared screen, or the active speaker in {@link
 * GridView#SPEAKER}) beside small ones. An avatar is large while it is pinned, or if there is no stream to show large. For the Swing
 * thread.
 */
public final class ParticipantGrid extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Color BACKGROUND = new Color(0x12151A);
    private static final float EMPTY_SIZE = 16;
    private static final Dimension USUAL = new Dimension(640, 360);

    private final transient OwnTile own;
    private final transient RemoteTiles remote;
    private final transient PagedLayout paged = new PagedLayout();
    private transient GridView view = GridView.TILES;
    private transient @Nullable ParticipantTile pinned;
    private transient TileListener listener = (stream, now) -> {};
    private transient Runnable onPages = () -> {};
    private int reportedPage;
    private int reportedPages = 1;

    /** Creates an empty grid. */
    public ParticipantGrid() {
        super(null);
        TileHost host = new Host();
        own = new OwnTile(host);
        remote = new RemoteTiles(host);
        setName("grid");
        setBackground(BACKGROUND);
        setFocusable(true);
        getAccessibleContext().setAccessibleName(Texts.of("grid.name"));
    }

    /** {@return the first tile, with the own video} */
    public OwnTile own() {
        return own;
    }

    /** {@return the tiles of the other participants} */
    public RemoteTiles remote() {
        return remote;
    }

    /**
     * Sets the listener for the tiles of streams that are shown, for instance to receive no video for the rest.
     *
     * @param newListener called after each layout for each changed tile
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

    /** Adds tiles to this component and removes them. */
    private final class Host implements TileHost {
        @Override
        public void add(ParticipantTile tile) {
            ParticipantGrid.this.add(tile);
            refresh();
        }

        @Override
        public void remove(ParticipantTile tile) {
            if (pinned == tile) {
                pinned = null;
            }
            ParticipantGrid.this.remove(tile);
            tile.close();
            refresh();
        }

        @Override
        public void replace(ParticipantTile former, ParticipantTile tile) {
            if (pinned == former) {
                pin(tile);
            }
            boolean focused = former.isFocusOwner();
            add(tile);
            remove(former);
            if (focused) {
                tile.requestFocusInWindow(); // after the removal, which moves the focus too
            }
        }

        @Override
        public void togglePin(ParticipantTile tile) {
            pin(pinned == tile ? null : tile);
            paged.setPage(0);
            refresh();
        }

        @Override
        public void speakerChanged() {
            if (view == GridView.SPEAKER) {
                refresh();
            }
        }
    }

    private void pin(@Nullable ParticipantTile tile) {
        if (pinned != null) {
            pinned.setPinned(false);
        }
        pinned = tile;
        if (tile != null) {
            tile.setPinned(true);
        }
    }

    /** {@return how the tiles are shown} */
    public GridView view() {
        return view;
    }

    /**
     * Changes how the tiles are shown.
     *
     * @param newView the new view
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
     * @param newPage from 0; if there is no such page, the nearest one is shown
     */
    public void setPage(int newPage) {
        paged.setPage(newPage);
        refresh();
    }

    /** {@return the stream of the large tile, else of the speaker, else the first one; empty if no stream is shown} */
    public Optional<StreamId> mainStream() {
        return large().flatMap(remote::streamOf).or(remote::speaking);
    }

    private List<ParticipantTile> tiles() {
        List<ParticipantTile> tiles = new ArrayList<>();
        own.tile().ifPresent(tiles::add);
        tiles.addAll(remote.all());
        return tiles;
    }

    /** {@return the large tile: a pinned one, a shared screen, or the speaker in the speaker view} */
    private Optional<ParticipantTile> large() {
        Optional<ParticipantTile> chosen = Optional.ofNullable(pinned).or(remote::screen);
        return chosen.isPresent() || view == GridView.TILES
                ? chosen
                : remote.speakingTile().or(own::tile);
    }

    @Override
    public void doLayout() {
        int gap = TileLayout.GAP;
        if (getWidth() <= 2 * gap || getHeight() <= 2 * gap) {
            return; // something covers the grid
        }
        Rectangle area = new Rectangle(gap, gap, getWidth() - 2 * gap, getHeight() - 2 * gap);
        List<ParticipantTile> tiles = tiles();
        Map<ParticipantTile, Rectangle> places = paged.place(tiles, large(), area);
        for (ParticipantTile tile : tiles) {
            Rectangle place = places.get(tile);
            tile.setVisible(place != null);
            if (place != null) {
                tile.setBounds(place);
            }
        }
        remote.report(listener);
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
