package dev.videosession.media.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.testsupport.JavaPrograms;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the pixels that a view shows in a window on a display of its own. */
class FxVideoViewTest {
    private static final int TOLERANCE = 8;

    /** The screenshots stay in {@code target}. */
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    @Test
    void videoIsShownWholeInTheMiddleAndMirrored(@TempDir Path directory) throws Exception {
        Files.createDirectories(SCREENSHOTS);
        Process display = new ProcessBuilder(
                        "Xvfb", "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            runProgram(":" + firstLine(display.getInputStream()), directory.resolve("program.log"));
        } finally {
            display.destroy();
        }
        BufferedImage view = ImageIO.read(SCREENSHOTS.resolve("view.png").toFile());
        for (int y : new int[] {0, 73, 526, 599}) {
            assertPixel(view, 400, y, Color.BLACK); // 800x450 in 800x600 leaves 75 rows above and below
        }
        for (int y : new int[] {77, 522}) {
            assertPixel(view, 0, y, Color.RED);
            assertPixel(view, 396, y, Color.RED);
            assertPixel(view, 404, y, Color.BLUE);
            assertPixel(view, 799, y, Color.BLUE);
        }
        BufferedImage mirrored =
                ImageIO.read(SCREENSHOTS.resolve("mirrored.png").toFile());
        assertPixel(mirrored, 2, 300, Color.BLUE);
        assertPixel(mirrored, 797, 300, Color.RED);
    }

    @Test
    void aViewThatIsClosedWhileAFeedIsSetHasNoFeed() throws Exception {
        FxVideoView view = new FxVideoView();
        Thread closing = new Thread(view::close, "closing");
        SourceFeed feed = new SourceFeed() {
            @Override
            public void addSink(VideoSink sink) {
                closing.start();
                await("the other thread has closed the view or waits")
                        .until(() -> closing.getState() == Thread.State.BLOCKED
                                || closing.getState() == Thread.State.TERMINATED);
                super.addSink(sink);
            }
        };

        view.setFeed(feed);
        closing.join(10_000);

        assertThat(feed.hasSinks()).isFalse();
    }

    private static void runProgram(String display, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(JavaPrograms.java(FxViewProgram.class.getName(), SCREENSHOTS.toString()));
        builder.environment().put("DISPLAY", display);
        Process program =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(program.waitFor(50, TimeUnit.SECONDS))
                    .as("the program ends: %s", Files.readString(log))
                    .isTrue();
            assertThat(program.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            program.destroyForcibly();
        }
    }

    private static String firstLine(InputStream output) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = output.read(); read >= 0 && read != '\n'; read = output.read()) {
            line.append(new String(new byte[] {(byte) read}, StandardCharsets.US_ASCII));
        }
        assertThat(line).as("number of the display; ./test installs Xvfb").isNotEmpty();
        return line.toString();
    }

    private static void assertPixel(BufferedImage image, int x, int y, Color expected) {
        Color actual = new Color(image.getRGB(x, y));
        assertThat(Math.abs(actual.getRed() - expected.getRed())
                        + Math.abs(actual.getGreen() - expected.getGreen())
                        + Math.abs(actual.getBlue() - expected.getBlue()))
                .as("pixel %d,%d is %s", x, y, actual)
                .isLessThan(3 * TOLERANCE);
    }
}
