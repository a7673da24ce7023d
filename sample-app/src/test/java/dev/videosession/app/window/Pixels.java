package dev.videosession.app.window;

import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** Measures a part of an image. */
public final class Pixels {
    private static final int NEAR = 24;

    private Pixels() {}

    /** How many colours it has. */
    public static long colours(BufferedImage image, Rectangle part) {
        return values(image, part).distinct().count();
    }

    /** {@return the share of its pixels that differ between two images, 0 to 1} */
    public static double changed(BufferedImage before, BufferedImage after, Rectangle part) {
        int[] a = values(before, part).toArray();
        int[] b = values(after, part).toArray();
        return IntStream.range(0, a.length).filter(i -> a[i] != b[i]).count() / (double) a.length;
    }

    /** {@return how many of its pixels have nearly a colour: edges are smoothed} */
    public static long count(BufferedImage image, Rectangle part, Color color) {
        return values(image, part)
                .mapToObj(Color::new)
                .filter(each -> isNear(each, color))
                .count();
    }

    private static boolean isNear(Color one, Color other) {
        return Math.abs(one.getRed() - other.getRed()) < NEAR
                && Math.abs(one.getGreen() - other.getGreen()) < NEAR
                && Math.abs(one.getBlue() - other.getBlue()) < NEAR;
    }

    private static IntStream values(BufferedImage image, Rectangle part) {
        return IntStream.of(image.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width))
                .map(rgb -> rgb & 0xFFFFFF);
    }
}
