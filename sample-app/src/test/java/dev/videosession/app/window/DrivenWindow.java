package dev.videosession.app.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return start(directory, screen, List.of(), command);
    }

    /** Starts a command with options of the virtual machine. */
    public static DrivenWindow start(Path directory, Screen screen, List<String> machineOptions, List<String> command)
            throws IOException {
        List<String> arguments = new ArrayList<>(machineOptions);
        arguments.add("-Duser.home=" + directory); // not the settings of the developer
        arguments.add(WindowDriver.class.getName());
        arguments.addAll(command);
        Map<String, String> environment = new HashMap<>(screen.environment());
        environment.put("XDG_CONFIG_HOME", "");
        environment.put("MALLOC_ARENA_MAX", "2"); // so that resident memory says what is in use
        return new DrivenWindow(directory, Child.java("window", directory, environment, arguments));
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

    /** Waits until a component says this to a screen reader: a narrow window has buttons without words. */
    public void awaitState(String name, String wanted) {
        Awaitility.await("state of " + name)
                .atMost(STARTING)
                .until(() -> isShowing(name) ? state(name) : "", wanted::equals);
    }

    public boolean isShowing(String name) {
        return !order("bounds", name).equals("none");
    }

    public void awaitShowing(String name) {
        Awaitility.await(name).atMost(STARTING).until(() -> isShowing(name));
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

    /** The number in the synthetic video of a component, from the pixels on the screen; empty if none is readable. */
    public OptionalLong stamp(String name) {
        String number = order("stamp", name);
        return number.equals("none") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(number));
    }

    /** What a component says to a screen reader. */
    public String state(String name) {
        return order("state", name);
    }

    /** Saves to a file in the dialog that asks for one, once it is open. */
    public void save(Path file) {
        Awaitility.await("dialog for a file").atMost(LIMIT).until(() -> order("save", file.toString()), "done"::equals);
    }

    /** The names of the windows that exist. */
    public String windows() {
        return order("windows", "all");
    }

    /** How many frames each tile has shown since the last call. */
    public Map<String, Long> shownFrames() {
        return Arrays.stream(order("frames", "all").split(" "))
                .map(each -> each.split("="))
                .filter(each -> each.length == 2)
                .collect(Collectors.toMap(each -> each[0], each -> Long.parseLong(each[1])));
    }

    /** What events cost the Swing thread since the last call. */
    public EventCost costs() {
        long[] numbers = Arrays.stream(order("costs", "all").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new EventCost(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    /** CPU time of events in microseconds: of the one at 50 %, at 99 %, of the longest and of all of them. */
    public record EventCost(long events, long median, long percentile99, long longest, long sum) {}

    public void awaitFocus(String name) {
        Awaitility.await("focus on " + name).atMost(LIMIT).until(this::focus, name::equals);
    }

    /** How long the Swing thread kept others waiting at most since the last call. */
    public Duration lag() {
        return Duration.ofMillis(Long.parseLong(order("lag", "longest")));
    }

    /** What is on the screen, in units of length: with two pixels for each, the screen is scaled down. */
    public BufferedImage shot() {
        Path file = directory.resolve("shot.png");
        try {
            order("shot", file.toAbsolutePath().toString());
            return ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all pixels of the screen to a file, for people to look at. */
    public void shot(Path file) {
        order("picture", file.toAbsolutePath().toString());
    }

    /** Waits until a component shows an image with many colors that changes. */
    public void awaitMoves(String name) {
        Awaitility.await(name + " shows video that changes")
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

    /** Ends the program, and fails if it had thrown an exception that nothing caught: a window goes on without what was asked for. */
    @Override
    public void close() {
        process.close();
        try (Stream<String> lines = Files.lines(directory.resolve("window.log"))) {
            assertThat(lines.filter(line -> line.startsWith("Exception in thread")))
                    .as("uncaught exceptions")
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
