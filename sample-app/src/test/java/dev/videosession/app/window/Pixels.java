package dev.videosession.app.window;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** Measures a part of an image. */
public final class Pixels {
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

    private static IntStream values(BufferedImage image, Rectangle part) {
        return IntStream.of(image.getRGB(part.x, part.y, part.width, part.height, null, 0, part.width))
                .map(rgb -> rgb & 0xFFFFFF);
    }
}
