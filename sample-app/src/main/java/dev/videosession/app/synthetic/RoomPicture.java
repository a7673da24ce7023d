package dev.videosession.app.synthetic;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** The room behind a person, out of focus as behind a portrait: a wall, a window, a shelf, a plant and a lamp. */
final class RoomPicture {
    private static final int BLUR = 9;
    private static final Color[] BOOKS = {
        new Color(0x9A4A3F), new Color(0x3F6A8A), new Color(0xC79A4B), new Color(0x4F7A56), new Color(0x6B5A7E)
    };

    private RoomPicture() {}

    static BufferedImage paint(int width, int height, float hue) {
        // painted small, then enlarged: that is the blur
        int smallWidth = Math.max(16, width / BLUR);
        int smallHeight = Math.max(9, height / BLUR);
        BufferedImage small = new BufferedImage(smallWidth, smallHeight, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = small.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(smallHeight, smallHeight);
        furnish(g, (float) smallWidth / smallHeight, hue);
        g.dispose();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D large = image.createGraphics();
        large.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        large.drawImage(small, 0, 0, width, height, null);
        large.dispose();
        return image;
    }

    /** Furnishes a room of the height 1. */
    private static void furnish(Graphics2D g, float width, float hue) {
        float wall = (hue + 0.45f) % 1;
        g.setPaint(new GradientPaint(
                0, 0, Color.getHSBColor(wall, 0.16f, 0.9f), width, 1, Color.getHSBColor(wall, 0.3f, 0.52f)));
        g.fill(new Rectangle2D.Double(0, 0, width, 1));
        boolean windowLeft = hue * 10 % 2 < 1;
        double window = windowLeft ? 0.08 : width - 0.52;
        double shelf = windowLeft ? width - 0.6 : 0.06;
        g.setColor(Color.getHSBColor(wall, 0.05f, 0.97f));
        g.fill(new Rectangle2D.Double(window, 0.06, 0.44, 0.58));
        g.setPaint(new GradientPaint(0, 0.08f, new Color(0xBFE0F5), 0, 0.6f, new Color(0xF4F1DC)));
        g.fill(new Rectangle2D.Double(window + 0.02, 0.08, 0.19, 0.54));
        g.fill(new Rectangle2D.Double(window + 0.23, 0.08, 0.19, 0.54));
        g.setColor(new Color(0x86A86F));
        g.fill(new Ellipse2D.Double(window + 0.24, 0.42, 0.2, 0.2));
        for (int board = 0; board < 2; board++) {
            double y = 0.3 + board * 0.3;
            g.setColor(new Color(0x7A5A3E));
            g.fill(new Rectangle2D.Double(shelf, y, 0.54, 0.03));
            for (int book = 0; book < 7; book++) {
                g.setColor(BOOKS[Math.floorMod(book * 3 + board + (int) (hue * 10), BOOKS.length)]);
                double high = 0.15 + 0.04 * Math.sin(book * 2.3 + board);
                g.fill(new Rectangle2D.Double(shelf + 0.03 + book * 0.058, y - high, 0.048, high));
            }
        }
        g.setColor(new Color(0x4C7A4A));
        g.fill(new Ellipse2D.Double(window + 0.02, 0.6, 0.13, 0.3));
        g.fill(new Ellipse2D.Double(window - 0.05, 0.68, 0.14, 0.22));
        g.fill(new Ellipse2D.Double(window + 0.1, 0.67, 0.14, 0.22));
        g.setColor(new Color(0xB26B4A));
        g.fill(new Rectangle2D.Double(window + 0.01, 0.88, 0.16, 0.14));
        g.setColor(new Color(255, 236, 190, 150));
        g.fill(new Ellipse2D.Double(shelf + 0.3, 0.02, 0.14, 0.1));
    }
}
