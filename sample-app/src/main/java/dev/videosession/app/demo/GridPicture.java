package dev.videosession.app.demo;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;

/** Paints what a participant sees into a file, without a display. */
final class GridPicture {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 600;
    private static final Color BAR = new Color(0x2B3038);
    private static final Color TEXT = new Color(0xE8EAED);

    private GridPicture() {}

    /** Paints; on the Swing thread. The grid is in no window. */
    static BufferedImage paint(JComponent grid, String title) {
        JLabel heading = new JLabel(title);
        heading.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 18));
        heading.setForeground(TEXT);
        heading.setBackground(BAR);
        heading.setOpaque(true);
        heading.setBorder(BorderFactory.createEmptyBorder(8, 16, 8, 16));
        JPanel page = new JPanel(new BorderLayout());
        page.add(heading, BorderLayout.NORTH);
        page.add(grid, BorderLayout.CENTER);
        page.setSize(WIDTH, HEIGHT);
        layOut(page);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        page.paint(graphics);
        graphics.dispose();
        page.remove(grid);
        return image;
    }

    /** What a window would do when it is shown. */
    private static void layOut(Container container) {
        container.doLayout();
        for (Component child : container.getComponents()) {
            if (child instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    static void write(BufferedImage image, Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException("no writer for PNG");
        }
    }
}
