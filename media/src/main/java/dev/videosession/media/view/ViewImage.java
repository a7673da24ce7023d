package dev.videosession.media.view;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import org.jspecify.annotations.Nullable;

/**
 * The converted frame of a view, double buffered: one thread converts into the back image, any thread paints the front one. The
 * image is upright and has the size of its place on the screen, so that painting it is a plain copy.
 */
final class ViewImage {
    private final RgbConverter converter = new RgbConverter();
    private final Object lock = new Object();
    private @Nullable BufferedImage front;
    private @Nullable BufferedImage back;
    private Rectangle place = new Rectangle();

    /** Converts a frame for a component. The density is in pixels a unit of length: 1, or 2 on a dense screen. */
    void convert(VideoFrame frame, Dimension component, double density, VideoView.Scaling scaling) {
        Layout layout = Layout.of(new Dimension(frame.width(), frame.height()), frame.rotation(), component, scaling);
        int width = pixels(layout.target().width, density);
        int height = pixels(layout.target().height, density);
        BufferedImage image = back;
        if (image == null || image.getWidth() != width || image.getHeight() != height) {
            image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        }
        int[] target = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        converter.toArgb(frame, layout.part(), new Dimension(width, height), target, 0, width);
        synchronized (lock) {
            back = front;
            front = image;
            place = layout.target();
        }
    }

    private static int pixels(int length, double density) {
        return Math.max(1, (int) Math.round(length * density));
    }

    /** Paints the front image in the middle of the component. Returns false if there is none. */
    boolean paint(Graphics2D g, Dimension component, boolean mirrored) {
        synchronized (lock) {
            BufferedImage image = front;
            if (image == null) {
                return false;
            }
            int x = (component.width - place.width) / 2;
            int y = (component.height - place.height) / 2;
            if (!mirrored) {
                g.drawImage(image, x, y, place.width, place.height, null);
                return true;
            }
            AffineTransform before = g.getTransform();
            g.translate(component.width / 2.0, component.height / 2.0);
            g.scale(-1, 1);
            g.drawImage(image, -place.width / 2, -place.height / 2, place.width, place.height, null);
            g.setTransform(before);
            return true;
        }
    }
}
