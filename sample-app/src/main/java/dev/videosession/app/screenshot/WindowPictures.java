package dev.videosession.app.screenshot;

import dev.videosession.app.look.Look;
import dev.videosession.app.look.Theme;
import dev.videosession.app.window.Components;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.swing.JFrame;

/** Paints windows into files, in one theme and size. */
final class WindowPictures {
    private static final int VISIBLE = 0xFCFCFC;

    private final Path directory;
    private final PixelSize size;
    private final Theme theme;
    private final boolean all;
    private final List<Path> files = new ArrayList<>();

    /** Pictures of everything, with the theme in their names, or of the most important windows only. */
    WindowPictures(Path directory, PixelSize size, Theme theme, boolean all) {
        this.all = all;
        this.directory = directory;
        this.size = size;
        this.theme = theme;
    }

    boolean all() {
        return all;
    }

    /** The files that were written. */
    List<Path> files() {
        return files;
    }

    /** Applies theme and size to a window; on the Swing thread. */
    void prepare(String window) {
        Look.apply(theme);
        JFrame frame = frame(window);
        frame.setSize(size.width(), size.height());
        frame.validate();
    }

    private static JFrame frame(String window) {
        return (JFrame) Components.window(window).orElseThrow(() -> new IllegalStateException("no window " + window));
    }

    /** Paints a window; on the Swing thread. */
    void write(String window, String name) throws IOException {
        JFrame frame = frame(window);
        double scale = frame.getGraphicsConfiguration().getDefaultTransform().getScaleX();
        BufferedImage image = new BufferedImage(
                (int) (frame.getRootPane().getWidth() * scale),
                (int) (frame.getRootPane().getHeight() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(scale, scale);
        frame.getRootPane().paint(graphics);
        graphics.dispose();
        coarsen(image);
        Files.createDirectories(directory);
        String suffix = all ? "-" + theme.name().toLowerCase(Locale.ROOT) : "";
        Path file = directory.resolve(name + suffix + ".png");
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("no writer for PNG");
        }
        files.add(file);
    }

    /** Drops what no eye sees, so that the files are small. */
    private static void coarsen(BufferedImage image) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, image.getRGB(x, y) & VISIBLE);
            }
        }
    }
}
