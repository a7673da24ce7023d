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
 * The converted picture of a view, double buffered: one thread converts into the back image, any thread paints the front
 * one. The image has the pixels of its place on the screen, so that painting it is a plain copy.
 */
final class Picture {
    private final RgbConverter converter = new RgbConverter();
    private final Object lock = new Object();
    private @Nullable BufferedImage front;
    private @Nullable BufferedImage back;
    private int rotation;
    private Rectangle place = new Rectangle();

    /** Converts a frame for a component of that size; pixels a unit of length is 1, or 2 on a dense screen. */
    void convert(VideoFrame frame, Dimension component, double density, VideoView.Scaling scaling) {
        Layout layout = Layout.of(new Dimension(frame.width(), frame.height()), frame.rotation(), component, scaling);
        boolean turned = frame.rotation() % 180 != 0;
        int width = pixels(turned ? layout.target().height : layout.target().width, density);
        int height = pixels(turned ? layout.target().width : layout.target().height, density);
        BufferedImage image = back;
        if (image == null || image.getWidth() != width || image.getHeight() != height) {
            image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        }
        int[] target = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        converter.toRgb(frame, layout.part(), target, width, height);
        synchronized (lock) {
            back = front;
            front = image;
            rotation = frame.rotation();
            place = layout.target();
        }
    }

    private static int pixels(int length, double density) {
        return Math.max(1, (int) Math.round(length * density));
    }

    /** Paints the front image in the middle of the component; false when there is none. */
    boolean paint(Graphics2D g, Dimension component, boolean mirrored) {
        synchronized (lock) {
            BufferedImage image = front;
            if (image == null) {
                return false;
            }
            int x = (component.width - place.width) / 2;
            int y = (component.height - place.height) / 2;
            if (rotation == 0 && !mirrored) {
                g.drawImage(image, x, y, place.width, place.height, null);
                return true;
            }
            AffineTransform before = g.getTransform();
            g.translate(component.width / 2.0, component.height / 2.0);
            if (mirrored) {
                g.scale(-1, 1);
            }
            g.rotate(Math.toRadians(rotation));
            boolean turned = rotation % 180 != 0;
            int width = turned ? place.height : place.width;
            int height = turned ? place.width : place.height;
            g.drawImage(image, -width / 2, -height / 2, width, height, null);
            g.setTransform(before);
            return true;
        }
    }
}
