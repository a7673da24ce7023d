package dev.videosession.app.call.screen;

import dev.videosession.app.text.Texts;
import dev.videosession.media.feed.VideoFeed;
import dev.videosession.media.view.VideoView;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.GraphicsConfiguration;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;
import org.jspecify.annotations.Nullable;

/**
 * A small window that stays above all other windows and shows one video while the user works in another program. The user moves it by
 * dragging the video.
 */
public final class PictureInPicture implements AutoCloseable {
    private static final Dimension SIZE = new Dimension(320, 180);
    private static final int EDGE = 24;

    private final JDialog dialog;
    private final VideoView view = new VideoView();
    private @Nullable Point grip;

    /**
     * Opens the window in the lower right corner of the screen.
     *
     * @param owner of the window
     * @param onClosed run once when it is closed
     */
    public PictureInPicture(@Nullable Window owner, Runnable onClosed) {
        dialog = new JDialog(owner, Texts.of("pip.title"));
        dialog.setName("pip");
        dialog.setUndecorated(true);
        dialog.setAlwaysOnTop(true);
        dialog.setFocusableWindowState(true);
        dialog.setAutoRequestFocus(false);
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        dialog.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                view.close();
                onClosed.run();
            }
        });
        view.setName("pip-view");
        view.setToolTipText(Texts.of("pip.help"));
        view.getAccessibleContext().setAccessibleName(Texts.of("pip.title"));
        view.registerKeyboardAction(
                event -> close(), KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), JComponent.WHEN_IN_FOCUSED_WINDOW);
        MouseAdapter mouse = new Mover();
        view.addMouseListener(mouse);
        view.addMouseMotionListener(mouse);
        dialog.getContentPane().add(view, BorderLayout.CENTER);
        dialog.setSize(SIZE);
        place();
        dialog.setVisible(true);
    }

    private final class Mover extends MouseAdapter {
        @Override
        public void mousePressed(MouseEvent event) {
            grip = event.getPoint();
            if (event.getClickCount() == 2) {
                close();
            }
        }

        @Override
        public void mouseDragged(MouseEvent event) {
            if (grip != null) {
                Point at = dialog.getLocation();
                dialog.setLocation(at.x + event.getX() - grip.x, at.y + event.getY() - grip.y);
            }
        }
    }

    private void place() {
        GraphicsConfiguration configuration = dialog.getGraphicsConfiguration();
        Rectangle screen = configuration.getBounds();
        dialog.setLocation(screen.x + screen.width - SIZE.width - EDGE, screen.y + screen.height - SIZE.height - EDGE);
    }

    /**
     * Shows a video in place of the last one.
     *
     * @param feed the video, or null for none
     * @param name shown with it
     */
    public void show(@Nullable VideoFeed feed, String name) {
        view.setFeed(feed);
        view.setLabel(name);
    }

    /** Closes the window. */
    @Override
    public void close() {
        dialog.dispose();
    }
}
