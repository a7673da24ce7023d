package dev.videosession.media.fx;

import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;

/**
 * Shows a red and a blue half in a window of another shape, mirrors them, takes the view out of sight, and closes it. Writes
 * screenshots. Needs a display.
 * Argument: the directory for the screenshots.
 */
public final class FxViewProgram {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;

    private FxViewProgram() {}

    /**
     * Runs it.
     *
     * @param arguments see above
     * @throws Exception when there is no display
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        SourceFeed feed = new SourceFeed();
        FxVideoView view = new FxVideoView();
        view.setFeed(feed);
        AtomicReference<Stage> opened = new AtomicReference<>();
        Platform.setImplicitExit(false); // its only window is hidden for a while
        Platform.startup(() -> {
            Stage stage = new Stage(StageStyle.UNDECORATED);
            opened.set(stage);
            stage.setScene(new Scene(view, WIDTH, HEIGHT));
            stage.setX(0);
            stage.setY(0);
            stage.show();
        });
        CustomVideo source = VideoSources.custom(new VideoFormat(640, 360, 30));
        source.start(feed, () -> {});
        ScheduledExecutorService pushes = Executors.newSingleThreadScheduledExecutor();
        pushes.scheduleAtFixedRate(() -> source.pushImage(halves()), 0, 33, TimeUnit.MILLISECONDS);
        Robot robot = new Robot();

        await(
                "the halves",
                robot,
                screen -> screen.getRGB(100, 300) == screen.getRGB(300, 300)
                        && red(screen, 100) > 200
                        && red(screen, 700) < 50);
        screenshot(robot, directory.resolve("view.png"));
        Platform.runLater(() -> view.setMirrored(true));
        await("the mirrored halves", robot, screen -> red(screen, 100) < 50 && red(screen, 700) > 200);
        screenshot(robot, directory.resolve("mirrored.png"));
        convertsOnlyWhileShown(view, opened.get());
        view.close();
        pushes.shutdown();
        System.out.println("done");
        Runtime.getRuntime().halt(0);
    }

    private static void convertsOnlyWhileShown(FxVideoView view, Stage stage) {
        AtomicLong images = new AtomicLong();
        ImageView shown = (ImageView) view.getChildrenUnmodifiable().get(0);
        Platform.runLater(() -> {
            shown.imageProperty().addListener((observable, before, now) -> images.incrementAndGet());
            stage.hide();
        });
        awaitNoMore(images);
        Platform.runLater(stage::show);
        awaitMore(images);
        Platform.runLater(() -> stage.getScene().setRoot(new Pane()));
        awaitNoMore(images);
        Platform.runLater(() -> stage.getScene().setRoot(view));
        awaitMore(images);
    }

    private static void awaitMore(AtomicLong images) {
        long before = images.get();
        Awaitility.await("more images").atMost(Duration.ofSeconds(10)).until(() -> images.get() > before + 2);
    }

    /** Frames arrive every 33 ms meanwhile. */
    private static void awaitNoMore(AtomicLong images) {
        AtomicLong last = new AtomicLong(-1);
        Awaitility.await("no more images")
                .pollInterval(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(15))
                .until(() -> last.getAndSet(images.get()) == images.get());
    }

    private static BufferedImage halves() {
        BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.RED);
        g.fillRect(0, 0, 320, 360);
        g.setColor(Color.BLUE);
        g.fillRect(320, 0, 320, 360);
        g.dispose();
        return image;
    }

    private static int red(BufferedImage screen, int x) {
        return new Color(screen.getRGB(x, HEIGHT / 2)).getRed();
    }

    private static void await(String what, Robot robot, Predicate<BufferedImage> shown) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .until(() -> shown.test(robot.createScreenCapture(new Rectangle(WIDTH, HEIGHT))));
    }

    private static void screenshot(Robot robot, Path file) throws Exception {
        ImageIO.write(robot.createScreenCapture(new Rectangle(WIDTH, HEIGHT)), "png", file.toFile());
    }
}
