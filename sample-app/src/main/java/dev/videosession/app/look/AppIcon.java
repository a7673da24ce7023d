package dev.videosession.app.look;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** The icon of the programs: a camera on a blue tile. */
public final class AppIcon {
    private static final Color TOP = new Color(0x3D8BFF);
    private static final Color BOTTOM = new Color(0x1B4FB8);

    private AppIcon() {}

    /** {@return the icon in the sizes that desktops ask for, for {@link java.awt.Window#setIconImages}} */
    public static List<Image> images() {
        return IntStream.of(16, 24, 32, 48, 64, 128, 256)
                .<Image>mapToObj(AppIcon::image)
                .toList();
    }

    private static BufferedImage image(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.scale(size / 64.0, size / 64.0);
        g.setPaint(new GradientPaint(0, 0, TOP, 0, 64, BOTTOM));
        g.fill(new RoundRectangle2D.Double(2, 2, 60, 60, 18, 18));
        g.setColor(Color.WHITE);
        g.fill(new RoundRectangle2D.Double(12, 20, 28, 24, 8, 8));
        Path2D lens = new Path2D.Double();
        lens.moveTo(43, 30);
        lens.lineTo(53, 23);
        lens.lineTo(53, 41);
        lens.lineTo(43, 34);
        lens.closePath();
        g.fill(lens);
        g.dispose();
        return image;
    }
}
