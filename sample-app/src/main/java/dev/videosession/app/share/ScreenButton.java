package dev.videosession.app.share;

import java.awt.AWTException;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Robot;
import java.awt.image.BaseMultiResolutionImage;
import java.awt.image.BufferedImage;
import java.awt.image.MultiResolutionImage;
import java.util.List;
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
    private static final int DENSEST = 2;

    ScreenButton(String text, Rectangle area) {
        super(text);
        int height = Math.max(1, WIDTH * area.height / Math.max(1, area.width));
        setVerticalTextPosition(SwingConstants.BOTTOM);
        setHorizontalTextPosition(SwingConstants.CENTER);
        setIconTextGap(GAP);
        setIcon(new ImageIcon(new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB)));
        new SwingWorker<Image, Void>() {
            @Override
            protected Image doInBackground() throws AWTException {
                return scaled(new Robot().createMultiResolutionScreenCapture(area), height);
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

    /** {@return a small image, with one and with two pixels for each unit of length} */
    private static Image scaled(MultiResolutionImage shot, int height) {
        List<Image> sizes = shot.getResolutionVariants();
        Image largest = sizes.get(sizes.size() - 1);
        return new BaseMultiResolutionImage(
                scaled(largest, WIDTH, height), scaled(largest, DENSEST * WIDTH, DENSEST * height));
    }

    private static Image scaled(Image shot, int width, int height) {
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = small.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(shot, 0, 0, width, height, null);
        g.dispose();
        return small;
    }
}
