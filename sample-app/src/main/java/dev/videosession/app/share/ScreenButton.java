package dev.videosession.app.share;

import java.awt.AWTException;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Robot;
import java.awt.image.BufferedImage;
import java.util.concurrent.ExecutionException;
import javax.swing.ImageIcon;
import javax.swing.JToggleButton;
import javax.swing.SwingConstants;
import javax.swing.SwingWorker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A button with a small picture of a part of the screen, which is taken in the background. */
final class ScreenButton extends JToggleButton {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ScreenButton.class);
    private static final int WIDTH = 220;
    private static final int GAP = 6;

    ScreenButton(String text, Rectangle area) {
        super(text);
        int height = Math.max(1, WIDTH * area.height / Math.max(1, area.width));
        setVerticalTextPosition(SwingConstants.BOTTOM);
        setHorizontalTextPosition(SwingConstants.CENTER);
        setIconTextGap(GAP);
        setIcon(new ImageIcon(new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB)));
        new SwingWorker<BufferedImage, Void>() {
            @Override
            protected BufferedImage doInBackground() throws AWTException {
                return scaled(new Robot().createScreenCapture(area), height);
            }

            @Override
            protected void done() {
                try {
                    setIcon(new ImageIcon(get()));
                } catch (ExecutionException e) {
                    LOG.info("event=screenNotShown reason=\"{}\"", e.getMessage());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }.execute();
    }

    private static BufferedImage scaled(BufferedImage shot, int height) {
        BufferedImage small = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = small.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(shot, 0, 0, WIDTH, height, null);
        g.dispose();
        return small;
    }
}
