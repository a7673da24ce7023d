package dev.videosession.media.view;

import dev.videosession.media.feed.VideoFeed;
import java.awt.Graphics;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;

/**
 * Shows a video feed. Frames are converted off the Swing thread, at most one repaint is pending, and what comes faster than
 * it can be painted is dropped. Without a picture, or while {@linkplain #setVideoShown video is off}, a placeholder with the initials of the
 * label is shown. Methods of Swing belong on the Swing thread; the methods of this class may be called from any thread.
 * Works without a display: {@link #paint} into a {@link java.awt.image.BufferedImage}.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class VideoView extends JComponent implements AutoCloseable {
    private static final long serialVersionUID = 1L;

    /** How a picture fills the component. */
    public enum Scaling {
        /** The whole picture, with bars. */
        FIT,
        /** No bars, with edges cut off. */
        FILL
    }

    /**
     * A view of a feed.
     *
     * @param feed what to show
     */
    public VideoView(VideoFeed feed) {
        setFeed(feed);
    }

    /** A view of nothing yet. */
    public VideoView() {}

    /**
     * Shows another feed.
     *
     * @param feed what to show, or null for nothing
     */
    public void setFeed(@Nullable VideoFeed feed) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets how the picture fills the component; {@link Scaling#FIT} at first.
     *
     * @param scaling fit or fill
     */
    public void setScaling(Scaling scaling) {
        throw new UnsupportedOperationException();
    }

    /**
     * Mirrors the picture left to right, as people expect of their own preview.
     *
     * @param mirrored whether to mirror; false at first
     */
    public void setMirrored(boolean mirrored) {
        throw new UnsupportedOperationException();
    }

    /**
     * Sets the name shown at the lower edge and whose initials stand in for a missing picture.
     *
     * @param label a name, or empty for none
     */
    public void setLabel(String label) {
        throw new UnsupportedOperationException();
    }

    /**
     * Shows the picture or, when the other side turned its video off, the placeholder.
     *
     * @param shown whether to show the picture; true at first
     */
    public void setVideoShown(boolean shown) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void paintComponent(Graphics g) {
        super.paintComponent(g);
    }

    /** Leaves the feed. The last picture stays; nothing new is shown. A second call does nothing. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
