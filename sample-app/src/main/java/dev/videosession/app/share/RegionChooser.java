package dev.videosession.app.share;

import dev.videosession.app.text.Texts;
import java.awt.AWTException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Cursor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.SwingWorker;
import javax.swing.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A picture of the screen over the screen, on which the user draws a rectangle. Escape or a click without a move cancels. */
final class RegionChooser extends JPanel {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RegionChooser.class);
    private static final Color SHADE = new Color(0, 0, 0, 110);
    private static final int SMALLEST = 64;
    private static final int HIDE_MILLIS = 250;

    private final transient Image picture;
    private final Rectangle area;
    private final Rectangle drawn = new Rectangle();
    private @Nullable Point start;

    private RegionChooser(Image picture, Rectangle area, Consumer<@Nullable Rectangle> onDone) {
        this.picture = picture;
        this.area = area;
        setName("share-draw");
        setFocusable(true);
        setCursor(Cursor.getPredefinedCursor(Cursor.CROSSHAIR_CURSOR));
        getAccessibleContext().setAccessibleName(Texts.of("share.draw"));
        MouseAdapter mouse = new MouseAdapter() {
            @Override
            public void mousePressed(MouseEvent event) {
                start = event.getPoint();
            }

            @Override
            public void mouseDragged(MouseEvent event) {
                drawTo(event.getPoint());
            }

            @Override
            public void mouseReleased(MouseEvent event) {
                onDone.accept(result());
            }
        };
        addMouseListener(mouse);
        addMouseMotionListener(mouse);
        getInputMap(WHEN_IN_FOCUSED_WINDOW).put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        getActionMap().put("cancel", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                onDone.accept(null);
            }
        });
    }

    /**
     * Hides a dialog, lets the user draw, and shows the dialog again.
     *
     * @param screen which part of the screen
     * @param onDone gets the rectangle, or null if the user cancelled
     */
    static void open(JDialog dialog, Rectangle screen, Consumer<@Nullable Rectangle> onDone) {
        Rectangle whole = dialog.getGraphicsConfiguration().getBounds();
        Rectangle area = whole.contains(screen) ? whole : screen;
        dialog.setVisible(false); // it would cover what the user wants to share
        Timer settled = new Timer(HIDE_MILLIS, event -> capture(dialog, area, onDone));
        settled.setRepeats(false);
        settled.start();
    }

    private static void capture(JDialog dialog, Rectangle area, Consumer<@Nullable Rectangle> onDone) {
        new SwingWorker<Image, Void>() {
            @Override
            protected Image doInBackground() throws AWTException {
                return (Image) new Robot().createMultiResolutionScreenCapture(area);
            }

            @Override
            protected void done() {
                try {
                    show(dialog, area, get(), onDone);
                } catch (ExecutionException e) {
                    LOG.info("event=screenNotShown reason=\"{}\"", e.getMessage());
                    dialog.setVisible(true);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }

    private static void show(JDialog dialog, Rectangle area, Image picture, Consumer<@Nullable Rectangle> onDone) {
        JDialog window = new JDialog(dialog.getOwner()); // a JWindow does not get the keys
        window.setUndecorated(true);
        RegionChooser chooser = new RegionChooser(picture, area, region -> {
            window.dispose();
            onDone.accept(region);
            SwingUtilities.invokeLater(() -> dialog.setVisible(true));
        });
        window.setContentPane(chooser);
        window.setAlwaysOnTop(true);
        window.setBounds(area);
        window.setVisible(true);
        chooser.requestFocusInWindow();
    }

    private void drawTo(Point to) {
        if (start != null) {
            drawn.setFrameFromDiagonal(start, to);
            repaint();
        }
    }

    private @Nullable Rectangle result() {
        if (drawn.width < SMALLEST || drawn.height < SMALLEST) {
            return null;
        }
        return new Rectangle(area.x + drawn.x, area.y + drawn.y, drawn.width, drawn.height);
    }

    @Override
    public Dimension getPreferredSize() {
        return area.getSize();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D g = (Graphics2D) graphics.create();
        g.drawImage(picture, 0, 0, getWidth(), getHeight(), null);
        g.setColor(SHADE);
        g.fillRect(0, 0, getWidth(), getHeight());
        if (!drawn.isEmpty()) {
            g.setClip(drawn);
            g.drawImage(picture, 0, 0, getWidth(), getHeight(), null);
            g.setClip(null);
            g.setColor(Color.WHITE);
            g.setStroke(new BasicStroke(2));
            g.draw(drawn);
        }
        g.dispose();
    }
}
