package dev.videosession.app.screenshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.Main;
import dev.videosession.app.process.Child;
import dev.videosession.app.window.Screen;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The screenshots in the documents show the windows as they are. Names, times and moving patterns differ a little each time, so the
 * pictures are compared in blocks: a window with other parts, or in another theme, differs in many of them.
 */
@Tag("faults")
class ScreenshotsIT {
    private static final Path DOCUMENTED = Path.of("..", "docs", "images");
    private static final int BLOCK = 10;
    private static final int TOLERANCE = 40;
    private static final double MOST = 0.05;
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    @Test
    void documentedPicturesAreCurrent() throws Exception {
        try (Screen screen = new Screen(directory);
                Child command = Child.java(
                        "screenshots",
                        directory,
                        screen.environment(),
                        List.of(Main.class.getName(), "screenshots", directory.toString()))) {
            assertThat(command.exitCode(LIMIT)).isZero();
        }
        for (String name : new String[] {"call.png", "console.png"}) {
            double share = differentBlocks(read(DOCUMENTED.resolve(name)), read(directory.resolve(name)));
            System.out.printf("event=screenshot name=%s differentBlocks=%.3f%n", name, share);
            assertThat(share)
                    .as("%s shows another window than the program: run ./run screenshots and look at the result", name)
                    .isLessThan(MOST);
        }
    }

    private static BufferedImage read(Path file) throws IOException {
        return ImageIO.read(file.toFile());
    }

    /** {@return the share of the blocks whose mean brightness differs; all of them if the sizes differ} */
    private static double differentBlocks(BufferedImage one, BufferedImage other) {
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            return 1;
        }
        BufferedImage first = shrunk(one);
        BufferedImage second = shrunk(other);
        int different = 0;
        for (int y = 0; y < first.getHeight(); y++) {
            for (int x = 0; x < first.getWidth(); x++) {
                int distance = first.getRaster().getSample(x, y, 0)
                        - second.getRaster().getSample(x, y, 0);
                different += Math.abs(distance) > TOLERANCE ? 1 : 0;
            }
        }
        return (double) different / (first.getWidth() * first.getHeight());
    }

    private static BufferedImage shrunk(BufferedImage image) {
        int width = image.getWidth() / BLOCK;
        int height = image.getHeight() / BLOCK;
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        small.getGraphics().drawImage(image.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        return small;
    }
}
