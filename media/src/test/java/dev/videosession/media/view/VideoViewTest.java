package dev.videosession.media.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.fixture.RotatedFrame;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.internal.rtc.frame.RgbConverter;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JComponent;
import javax.swing.RepaintManager;
import org.junit.jupiter.api.Test;

class VideoViewTest {
    private static void show(VideoPipe pipe, int width, int height, Color left, Color right) {
        NativeFrame frame = frame(width, height, left, right);
        pipe.onFrame(frame);
        frame.release();
    }

    private static NativeFrame frame(int width, int height, Color left, Color right) {
        int[] pixels = new int[width * height];
        for (int y = 0; y < height; y++) {
            Arrays.fill(pixels, y * width, y * width + width / 2, left.getRGB());
            Arrays.fill(pixels, y * width + width / 2, (y + 1) * width, right.getRGB());
        }
        NativeFrame frame = NativeFrame.allocate(width, height, 0);
        new RgbConverter().toFrame(pixels, frame);
        return frame;
    }

    private static BufferedImage paint(VideoView view, int width, int height) {
        view.setSize(width, height);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        view.paint(g);
        g.dispose();
        return image;
    }

    private static void assertColor(BufferedImage image, int x, int y, Color expected) {
        Color actual = new Color(image.getRGB(x, y));
        int distance = Math.abs(actual.getRed() - expected.getRed())
                + Math.abs(actual.getGreen() - expected.getGreen())
                + Math.abs(actual.getBlue() - expected.getBlue());
        assertThat(distance)
                .as("%s at %d,%d instead of %s", actual, x, y, expected)
                .isLessThan(24);
    }

    @Test
    void paintsTheFrameWithoutADisplay() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            show(pipe, 640, 360, Color.RED, Color.BLUE);

            BufferedImage image = paint(view, 320, 180);

            assertColor(image, 20, 90, Color.RED);
            assertColor(image, 300, 90, Color.BLUE);
        }
        pipe.close();
    }

    @Test
    void paintsTheLatestFrameAndMirrorsIt() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            show(pipe, 640, 360, Color.RED, Color.BLUE);
            paint(view, 320, 180);
            show(pipe, 320, 180, Color.GREEN, Color.WHITE);
            view.setMirrored(true);

            BufferedImage image = paint(view, 320, 180);

            assertColor(image, 20, 90, Color.WHITE);
            assertColor(image, 300, 90, Color.GREEN);
        }
        pipe.close();
    }

    /** A frame whose memory cannot be read. */
    private static VideoFrame broken() {
        return (VideoFrame) Proxy.newProxyInstance(
                VideoViewTest.class.getClassLoader(),
                new Class<?>[] {VideoFrame.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "width", "height", "uprightWidth", "uprightHeight" -> 64;
                    case "rotation" -> 0;
                    case "timestampNanos" -> 0L;
                    case "retain", "release" -> null;
                    default -> throw new LinkageError("no video");
                });
    }

    @Test
    void frameThatCannotBeConvertedDoesNotFreezeTheView() {
        AtomicInteger repaints = new AtomicInteger();
        VideoPipe pipe = new VideoPipe();
        RepaintManager former = RepaintManager.currentManager(null);
        try (VideoView view = new VideoView(pipe)) {
            view.setSize(320, 180);
            RepaintManager.setCurrentManager(new RepaintManager() {
                @Override
                public void addDirtyRegion(JComponent component, int x, int y, int width, int height) {
                    if (component == view) {
                        repaints.incrementAndGet();
                    }
                }
            });
            for (int i = 0; i < 3; i++) {
                pipe.onFrame(broken());
                view.convertSoon();
            }

            await("a repaint").atMost(Duration.ofSeconds(10)).until(() -> {
                if (repaints.get() == 0) {
                    show(pipe, 640, 360, Color.RED, Color.BLUE);
                    view.convertSoon();
                }
                return repaints.get() > 0;
            });

            assertColor(paint(view, 320, 180), 20, 90, Color.RED);
        } finally {
            RepaintManager.setCurrentManager(former);
            pipe.close();
        }
    }

    @Test
    void frameThatCannotBeConvertedLeavesTheLastFrame() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            show(pipe, 640, 360, Color.RED, Color.BLUE);
            paint(view, 320, 180);

            pipe.onFrame(broken());

            assertColor(paint(view, 320, 180), 20, 90, Color.RED);
        }
        pipe.close();
    }

    @Test
    void framesOfAnOddSizeAreShown() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            show(pipe, 639, 361, Color.RED, Color.BLUE);
            BufferedImage scaled = paint(view, 320, 180);
            assertColor(scaled, 20, 90, Color.RED);
            assertColor(scaled, 300, 90, Color.BLUE);

            view.setScaling(VideoView.Scaling.FILL);
            show(pipe, 321, 181, Color.GREEN, Color.WHITE);
            BufferedImage filled = paint(view, 321, 181);
            assertColor(filled, 2, 179, Color.GREEN);
            assertColor(filled, 318, 2, Color.WHITE);
        }
        pipe.close();
    }

    @Test
    void keepsTheLastFrameAfterClose() {
        VideoPipe pipe = new VideoPipe();
        VideoView view = new VideoView(pipe);
        show(pipe, 320, 180, Color.RED, Color.BLUE);
        paint(view, 320, 180);
        view.close();
        show(pipe, 320, 180, Color.GREEN, Color.GREEN);
        pipe.close();

        assertColor(paint(view, 320, 180), 20, 90, Color.RED);
    }

    @Test
    void fitHasBarsAndFillHasNone() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            show(pipe, 640, 360, Color.RED, Color.RED);
            BufferedImage fitted = paint(view, 300, 300);
            view.setScaling(VideoView.Scaling.FILL);
            show(pipe, 640, 360, Color.RED, Color.RED);
            BufferedImage filled = paint(view, 300, 300);

            assertColor(fitted, 150, 150, Color.RED);
            assertColor(fitted, 150, 10, new Color(0x1E2329));
            assertColor(filled, 150, 10, Color.RED);
        }
        pipe.close();
    }

    @Test
    void placeholderIsShownWhileVideoIsOff() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            show(pipe, 320, 180, Color.RED, Color.RED);
            view.setLabel("Ada Lovelace");
            view.setVideoShown(false);
            assertColor(paint(view, 320, 180), 10, 10, new Color(0x1E2329));

            view.setVideoShown(true);
            assertColor(paint(view, 320, 180), 10, 10, Color.RED);
        }
        pipe.close();
    }

    @Test
    void initialsComeFromTheFirstAndLastWord() {
        assertThat(Overlay.initials("Augusta Ada  King lovelace")).isEqualTo("AL");
        assertThat(Overlay.initials("bob")).isEqualTo("B");
        assertThat(Overlay.initials(" ")).isEmpty();
        assertThat(Overlay.initials("\u200EAda\u200E")).isEqualTo("A");
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        assertThat(Overlay.initials(family + "mily e\u0301lan")).isEqualTo(family + "E\u0301");
    }

    @Test
    void labelCoversNoPartOfThePlaceholder() {
        for (int height : new int[] {60, 67, 90, 135, 180, 360}) {
            Dimension area = new Dimension(height * 16 / 9, height);
            BufferedImage disc = new BufferedImage(area.width, area.height, BufferedImage.TYPE_INT_RGB);
            Overlay.paintPlaceholder(disc.createGraphics(), area, "Ada Lovelace");
            BufferedImage label = new BufferedImage(area.width, area.height, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = label.createGraphics();
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, area.width, area.height);
            Overlay.paintLabel(g, area, "A name as wide as the view, or even wider");
            int painted = 0;
            for (int y = 0; y < area.height; y++) {
                for (int x = 0; x < area.width; x++) {
                    boolean inDisc = (disc.getRGB(x, y) & 0xFFFFFF) != 0;
                    painted += inDisc ? 1 : 0;
                    assertThat(inDisc && (label.getRGB(x, y) & 0xFFFFFF) != 0xFFFFFF)
                            .as("both at %d, %d of height %d", x, y, height)
                            .isFalse();
                }
            }
            assertThat(painted).as("disc of height %d", height).isGreaterThan(height * height / 12);
        }
    }

    @Test
    void longLabelIsCutToTheWidthOfTheView() {
        BufferedImage image = new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        Overlay.paintLabel(g, new Dimension(160, 90), "A name that is much longer than the tile it is shown in");
        g.dispose();
        for (int x = 160; x < 200; x++) {
            for (int y = 0; y < 100; y++) {
                assertThat(image.getRGB(x, y) & 0xFFFFFF).isZero();
            }
        }
    }

    @Test
    void turnedFrameIsPaintedUprightAndMirrored() {
        VideoPipe pipe = new VideoPipe();
        try (VideoView view = new VideoView(pipe)) {
            NativeFrame frame = frame(640, 360, Color.RED, Color.BLUE);
            pipe.onFrame(new RotatedFrame(frame, 90));
            BufferedImage turned = paint(view, 180, 320);
            assertColor(turned, 90, 20, Color.RED);
            assertColor(turned, 90, 300, Color.BLUE);

            view.setMirrored(true);
            pipe.onFrame(new RotatedFrame(frame, 180));
            BufferedImage mirrored = paint(view, 320, 180);
            assertColor(mirrored, 20, 90, Color.RED);
            assertColor(mirrored, 300, 90, Color.BLUE);
            frame.release();
        }
        pipe.close();
    }

    @Test
    void turnedFramesSwapTheirSides() {
        Layout layout = Layout.of(new Dimension(640, 360), 90, new Dimension(360, 640), VideoView.Scaling.FIT);

        assertThat(layout.target()).isEqualTo(new Rectangle(0, 0, 360, 640));
        assertThat(layout.part()).isEqualTo(new Rectangle(0, 0, 640, 360));
    }

    @Test
    void fillCutsTheMiddle() {
        Layout layout = Layout.of(new Dimension(640, 360), 0, new Dimension(100, 100), VideoView.Scaling.FILL);

        assertThat(layout.part()).isEqualTo(new Rectangle(140, 0, 360, 360));
    }
}
