package dev.videosession.app.grid;

import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import dev.videosession.protocol.StreamId;
import dev.videosession.session.Stream;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.util.HashMap;
import java.util.Map;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/** The own preview, mirrored, and every stream that is received, each with a name. For the Swing thread. */
public final class ParticipantGrid extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Color BACKGROUND = new Color(0x12151A);

    private static final Color EMPTY_COLOR = new Color(0x9AA0A6);
    private static final float EMPTY_SIZE = 16;
    private static final String EMPTY = "No pictures to show";

    private final transient Map<StreamId, VideoView> tiles = new HashMap<>();
    private @Nullable VideoView preview;

    /** An empty grid. */
    public ParticipantGrid() {
        super(new TileLayout());
        setName("grid");
        setBackground(BACKGROUND);
        getAccessibleContext().setAccessibleName("Participants");
    }

    /**
     * Shows the own picture as the first tile.
     *
     * @param feed the picture
     * @param name shown with it
     */
    public void showPreview(VideoFeed feed, String name) {
        hidePreview();
        VideoView view = tile(feed, name, "preview");
        view.setMirrored(true);
        preview = view;
        add(view, 0);
        refresh();
    }

    /** Shows the own picture no longer. */
    public void hidePreview() {
        if (preview != null) {
            remove(preview);
            preview.close();
            preview = null;
            refresh();
        }
    }

    /**
     * Turns the preview into a placeholder and back.
     *
     * @param shown whether the picture is sent
     */
    public void setPreviewShown(boolean shown) {
        if (preview != null) {
            preview.setVideoShown(shown);
        }
    }

    /**
     * Shows a stream as the last tile.
     *
     * @param stream which
     * @param feed its picture
     */
    public void show(Stream stream, VideoFeed feed) {
        hide(stream.id());
        VideoView view = tile(feed, "", "tile:" + stream.id());
        tiles.put(stream.id(), view);
        update(stream);
        add(view);
        refresh();
    }

    /**
     * Follows a change of a stream: its placeholder, its name.
     *
     * @param stream which; unknown ones are ignored
     */
    public void update(Stream stream) {
        VideoView view = tiles.get(stream.id());
        if (view != null) {
            String name = Names.of(stream);
            view.setLabel(stream.hasAudio() ? name : Names.remarked(name, "muted"));
            view.setVideoShown(stream.hasVideo());
        }
    }

    /**
     * Shows a stream no longer.
     *
     * @param stream which; unknown ones are ignored
     */
    public void hide(StreamId stream) {
        VideoView view = tiles.remove(stream);
        if (view != null) {
            remove(view);
            view.close();
            refresh();
        }
    }

    /** Shows no streams any more, but the own picture still. */
    public void hideStreams() {
        tiles.values().forEach(view -> {
            remove(view);
            view.close();
        });
        tiles.clear();
        refresh();
    }

    @Override
    protected void paintComponent(Graphics g) {
        super.paintComponent(g);
        if (getComponentCount() == 0) {
            g.setColor(EMPTY_COLOR);
            g.setFont(getFont().deriveFont(EMPTY_SIZE));
            FontMetrics metrics = g.getFontMetrics();
            int x = (getWidth() - metrics.stringWidth(EMPTY)) / 2;
            g.drawString(EMPTY, x, getHeight() / 2 + metrics.getAscent() / 2);
        }
    }

    private static VideoView tile(VideoFeed feed, String label, String name) {
        VideoView view = new VideoView(feed);
        view.setScaling(VideoView.Scaling.FIT);
        view.setLabel(label);
        view.setName(name);
        return view;
    }

    private void refresh() {
        revalidate();
        repaint();
    }
}
