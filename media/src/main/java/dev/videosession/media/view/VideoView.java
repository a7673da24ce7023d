package dev.videosession.media.view;

import dev.videosession.media.feed.LatestFrame;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.feed.VideoFrame;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.RenderingHints;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.HierarchyEvent;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.accessibility.AccessibleContext;
import javax.accessibility.AccessibleRole;
import javax.swing.JComponent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Swing component that shows a video feed. Frames are converted on a thread of their own, neither on the Swing thread nor on the
 * decoder's. At most one repaint is pending, and frames that arrive faster than they can be painted are dropped. A view that is not
 * showing converts nothing. Before the first frame, and while {@linkplain #setVideoShown video is off}, a placeholder with the initials
 * of the label is shown. Any thread may call the methods of this class; methods of Swing belong on the Swing thread. A view works without
 * a display: {@link #paint} into a {@link java.awt.image.BufferedImage} paints the latest frame.
 */
public final class VideoView extends JComponent implements AutoCloseable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(VideoView.class);
    private static final Color BACKGROUND = new Color(0x1E2329);
    private static final Dimension DEFAULT_SIZE = new Dimension(320, 180);
    private static final Executor CONVERTER = converter();

    /** How video fills the component. */
    public enum Scaling {
        /** The whole frame, with bars. */
        FIT,
        /** No bars; edges of the frame are cut off. */
        FILL
    }

    private final transient ViewImage image = new ViewImage();
    private final transient ShownSize shownSize = new ShownSize(this);
    private final transient LatestFrame latest = new LatestFrame(this::onFrame);
    private final transient Object lock = new Object();
    private transient boolean converting;
    private transient boolean repainting;
    private transient volatile boolean hasFrame;
    private transient volatile boolean failing;
    private transient volatile Scaling scaling = Scaling.FIT;
    private transient volatile boolean mirrored;
    private transient volatile boolean shown = true;
    private transient volatile String label = "";

    private static Executor converter() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "media-view");
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Creates a view of a feed.
     *
     * @param feed the feed to show
     */
    public VideoView(VideoFeed feed) {
        this();
        setFeed(feed);
    }

    /** Creates a view without a feed. */
    public VideoView() {
        setOpaque(true);
        setPreferredSize(DEFAULT_SIZE);
        addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                shownSize.changed();
            }
        });
        addHierarchyListener(event -> {
            if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
                shownSize.changed();
            }
        });
    }

    /**
     * Sets a listener for the size at which the whole video is shown, in pixels of the screen, so that a sender need not send more. It is
     * called when that size has not changed for 300 ms, the first time soon after this call, and only while the view is showing.
     *
     * @param listener called on the Swing thread, with a width and a height of at least 1; null for none. It replaces the last one, and is
     *     no longer called after {@link #close()}
     */
    public void setShownSizeListener(@Nullable Consumer<Dimension> listener) {
        shownSize.setListener(listener);
    }

    Scaling scaling() {
        return scaling;
    }

    /**
     * Shows another feed. The last frame of the former feed stays until the new one has a frame. Without a feed the placeholder is
     * shown.
     *
     * @param feed the feed to show, or null
     */
    public void setFeed(@Nullable VideoFeed feed) {
        latest.setFeed(feed);
        if (feed == null && !latest.isClosed()) {
            hasFrame = false;
        }
        repaint();
    }

    /**
     * Sets how video fills the component; {@link Scaling#FIT} at first.
     *
     * @param scaling fit or fill
     */
    public void setScaling(Scaling scaling) {
        this.scaling = scaling;
        shownSize.changed();
        repaint();
    }

    /**
     * Mirrors the video left to right, as users expect of their own preview.
     *
     * @param mirrored whether to mirror; false at first
     */
    public void setMirrored(boolean mirrored) {
        this.mirrored = mirrored;
        repaint();
    }

    /**
     * Sets the name that is shown at the lower edge; the placeholder shows its initials.
     *
     * @param label a name, or empty for none
     */
    public void setLabel(String label) {
        this.label = label;
        repaint();
    }

    /**
     * Shows the video, or the placeholder if the publisher has turned its video off.
     *
     * @param shown whether to show the video; true at first
     */
    public void setVideoShown(boolean shown) {
        this.shown = shown;
        repaint();
    }

    private void onFrame(VideoFrame frame) {
        shownSize.follow(frame);
        if (isShowing()) {
            convertSoon();
        }
    }

    /** Converts the newest frame on another thread, then requests a repaint. Does nothing while a conversion or a repaint is pending. */
    void convertSoon() {
        synchronized (lock) {
            if (converting || repainting || !latest.isPresent()) {
                return;
            }
            converting = true;
        }
        CONVERTER.execute(() -> {
            boolean done = false;
            try {
                done = convertPending();
            } finally {
                synchronized (lock) {
                    converting = false;
                    repainting = done;
                }
            }
            if (done) {
                repaint();
            }
        });
    }

    /** Converts the newest frame, if any, on this thread. */
    private boolean convertPending() {
        VideoFrame frame = latest.take();
        if (frame == null) {
            return false;
        }
        try {
            Dimension size = getSize();
            if (size.width > 0 && size.height > 0) {
                synchronized (image) {
                    image.convert(frame, size, density(), scaling);
                }
                hasFrame = true;
                failing = false;
            }
            return true;
        } catch (RuntimeException
                | Error e) { // of the native converter, or no memory for an image; the next frame may succeed
            if (!failing) {
                failing = true;
                LOG.warn("event=frameNotShown hint=\"further failures are not logged\"", e);
            }
            return false;
        } finally {
            frame.release();
        }
    }

    double density() {
        GraphicsConfiguration configuration = getGraphicsConfiguration();
        return configuration == null ? 1 : configuration.getDefaultTransform().getScaleX();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        if (!isShowing()) {
            convertPending();
        }
        Graphics2D g = (Graphics2D) graphics.create();
        try {
            g.setColor(BACKGROUND);
            g.fillRect(0, 0, getWidth(), getHeight());
            boolean painted = shown && hasFrame && image.paint(g, getSize(), mirrored);
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            if (!painted) {
                Overlay.paintPlaceholder(g, getSize(), label);
            }
            if (!label.isEmpty()) {
                Overlay.paintLabel(g, getSize(), label);
            }
        } finally {
            g.dispose();
        }
        synchronized (lock) {
            repainting = false;
        }
        if (isShowing()) {
            convertSoon();
        }
    }

    /** {@return the description for screen readers: a canvas with the label as its name, unless it is given another one} */
    @Override
    public AccessibleContext getAccessibleContext() {
        if (accessibleContext == null) {
            accessibleContext = new AccessibleVideo();
        }
        return accessibleContext;
    }

    private final class AccessibleVideo extends AccessibleJComponent {
        private static final long serialVersionUID = 1L;

        @Override
        public AccessibleRole getAccessibleRole() {
            return AccessibleRole.CANVAS;
        }

        @Override
        public String getAccessibleName() {
            String own = super.getAccessibleName();
            return own == null ? label : own;
        }
    }

    /** Removes the view from its feed. The last frame stays visible. A second call does nothing. */
    @Override
    public void close() {
        latest.close();
        shownSize.stop();
    }
}
