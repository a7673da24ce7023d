package dev.videosession.app.window;

import dev.videosession.app.process.Child;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;

/** A command with a window in a process of its own: looked at and operated through its components, which go by name. */
public final class DrivenWindow implements AutoCloseable {
    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int LIVELY = 200;

    private final Path directory;
    private final Child process;
    private int orders;

    private DrivenWindow(Path directory, Child process) {
        this.directory = directory;
        this.process = process;
    }

    /** Starts a command. */
    public static DrivenWindow start(Path directory, Screen screen, List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(WindowDriver.class.getName()));
        arguments.addAll(command);
        return new DrivenWindow(directory, Child.java("window", directory, screen.environment(), arguments));
    }

    public Child process() {
        return process;
    }

    /** What a component says; empty while it is not on the screen. */
    public String text(String name) {
        return order("text", name);
    }

    public void awaitText(String name, Predicate<String> wanted) {
        Awaitility.await("text of " + name).atMost(STARTING).until(() -> text(name), wanted);
    }

    public boolean isShowing(String name) {
        return !order("bounds", name).equals("none");
    }

    public boolean isEnabled(String name) {
        return Boolean.parseBoolean(order("enabled", name));
    }

    /** The names on the screen that start so. */
    public List<String> names(String start) {
        return Arrays.stream(order("names", start).split(" "))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    public void click(String name) {
        order("click", name);
    }

    public void write(String name, String text) {
        order("write", name + " " + text);
    }

    /** Presses and releases keys, as {@link javax.swing.KeyStroke#getKeyStroke(String)} names them, one after another. */
    public void press(String... keys) {
        for (String key : keys) {
            order("press", key);
        }
    }

    /** Presses a key until it is released. */
    public void hold(String key) {
        order("hold", key);
    }

    public void release(String key) {
        order("release", key);
    }

    /** The name of the component with the focus. */
    public String focus() {
        return order("focus", "owner");
    }

    /** What the lines of a list say. */
    public String list(String name) {
        return order("list", name);
    }

    public void resize(String window, int width, int height) {
        order("resize", window + " " + width + " " + height);
    }

    /** How long the Swing thread kept others waiting at most since the last call. */
    public Duration lag() {
        return Duration.ofMillis(Long.parseLong(order("lag", "longest")));
    }

    public BufferedImage shot() {
        return shot(directory.resolve("shot.png"));
    }

    public BufferedImage shot(Path file) {
        try {
            order("shot", file.toAbsolutePath().toString());
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a component shows a picture with many colours that changes. */
    public void awaitMoves(String name) {
        Awaitility.await(name + " is a lively picture that moves")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(NumberFormatException.class)
                .until(() -> {
                    Rectangle part = bounds(name);
                    BufferedImage before = shot();
                    BufferedImage after = shot();
                    return Pixels.colours(after, part) > LIVELY && Pixels.changed(before, after, part) > 0.02;
                });
    }

    /** {@return where a component is on the screen} */
    public Rectangle bounds(String name) {
        int[] numbers = Arrays.stream(order("bounds", name).split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        return new Rectangle(numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    private String order(String order, String object) {
        try {
            String number = orders++ + " ";
            process.send(number + order + " " + object);
            return process.line(order + " " + object, LIMIT, line -> line.startsWith(number))
                    .substring(number.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
