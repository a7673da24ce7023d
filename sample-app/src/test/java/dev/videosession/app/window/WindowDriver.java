package dev.videosession.app.window;

import dev.videosession.app.Main;
import dev.videosession.app.start.LevelMeter;
import java.awt.Component;
import java.awt.Container;
import java.awt.Image;
import java.awt.KeyboardFocusManager;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JSlider;
import javax.swing.JTable;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/**
 * A command with a window in this process, and a driver that inspects the window and presses its buttons: reads one order a
 * line, answers with one line.
 */
final class WindowDriver {
    private WindowDriver() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        new Thread(() -> Main.main(arguments), "command").start();
        SwingThreadWatch watch = new SwingThreadWatch();
        EventCosts costs = EventCosts.install();
        ShownFrames frames = onSwing(ShownFrames::install);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            out.println(words[0] + " " + answer(words[1], words[2], watch, costs, frames));
        }
    }

    private static String answer(
            String order, String object, SwingThreadWatch watch, EventCosts costs, ShownFrames frames)
            throws Exception {
        return switch (order) {
            case "shot" -> write(new Robot().createScreenCapture(screen()), Path.of(object));
            case "picture" -> write(pixels(), Path.of(object));
            case "bounds" -> onSwing(() -> bounds(object));
            case "text" -> onSwing(() -> text(find(object)));
            case "names" -> onSwing(() -> names(object));
            case "enabled" -> onSwing(() -> String.valueOf(find(object).isEnabled()));
            case "click" -> {
                SwingUtilities.invokeLater(() -> ((AbstractButton) find(object)).doClick());
                yield "done";
            }
            case "write" -> {
                String[] nameAndText = object.split(" ", 2);
                yield onSwing(() -> {
                    ((JTextComponent) find(nameAndText[0])).setText(nameAndText[1]);
                    return "done";
                });
            }
            case "press" -> {
                new KeyRobot(costs).press(object);
                yield "done";
            }
            case "hold" -> {
                new KeyRobot(costs).down(object);
                yield "done";
            }
            case "release" -> {
                new KeyRobot(costs).up(object);
                yield "done";
            }
            case "focus" -> onSwing(WindowDriver::focused);
            case "list" -> onSwing(() -> list((JList<?>) find(object)));
            case "resize" -> onSwing(() -> resize(object));
            case "stamp" -> stamp(object);
            case "state" -> onSwing(() -> find(object).getAccessibleContext().getAccessibleName());
            case "save" -> onSwing(() -> save(new File(object)));
            case "windows" -> onSwing(WindowDriver::windows);
            case "frames" -> frames.report(object);
            case "costs" -> onSwing(() -> costs.report(object));
            case "lag" -> watch.longestMillis(object);
            default -> throw new IllegalArgumentException(order);
        };
    }

    /** The name of the component that has the focus, or its class. */
    private static String focused() {
        Component owner = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
        if (owner == null) {
            return "none";
        }
        return owner.getName() == null ? owner.getClass().getSimpleName() : owner.getName();
    }

    /** What the lines of a list say to a screen reader. */
    private static <T> String list(JList<T> list) {
        if (list == null || !list.isShowing()) {
            return "";
        }
        return IntStream.range(0, list.getModel().getSize())
                .mapToObj(i -> list.getCellRenderer()
                        .getListCellRendererComponent(list, list.getModel().getElementAt(i), i, false, false)
                        .getAccessibleContext()
                        .getAccessibleName()
                        .strip())
                .collect(Collectors.joining(" | "));
    }

    private static String resize(String nameAndSize) {
        String[] words = nameAndSize.split(" ", -1);
        Component window = find(words[0]);
        window.setSize(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        window.validate();
        return "done";
    }

    private static Rectangle screen() {
        return new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
    }

    private static BufferedImage pixels() throws Exception {
        List<Image> variants =
                new Robot().createMultiResolutionScreenCapture(screen()).getResolutionVariants();
        return (BufferedImage) variants.get(variants.size() - 1);
    }

    private static String write(BufferedImage image, Path file) throws Exception {
        ImageIO.write(image, "png", file.toFile());
        return "done";
    }

    private static String stamp(String name) throws Exception {
        Rectangle part = onSwing(() -> {
            Component component = find(name);
            return component == null || !component.isShowing()
                    ? new Rectangle()
                    : new Rectangle(component.getLocationOnScreen(), component.getSize());
        });
        return part.isEmpty() ? "none" : ShownStamp.number(part);
    }

    /** Chooses a file in the dialog that asks for one. */
    private static String save(File file) {
        for (Component each : everything()) {
            if (each instanceof JFileChooser chooser && each.isShowing()) {
                chooser.setSelectedFile(file);
                SwingUtilities.invokeLater(chooser::approveSelection);
                return "done";
            }
        }
        return "none";
    }

    /** The names of the windows that exist. */
    private static String windows() {
        return Arrays.stream(Window.getWindows())
                .filter(Component::isDisplayable)
                .map(Component::getName)
                .collect(Collectors.joining(" "));
    }

    private static String bounds(String name) {
        Component component = find(name);
        if (component == null || !component.isShowing()) {
            return "none";
        }
        Rectangle r = new Rectangle(component.getLocationOnScreen(), component.getSize());
        return r.x + " " + r.y + " " + r.width + " " + r.height;
    }

    private static String text(Component component) {
        if (component == null || !component.isShowing()) {
            return "";
        }
        if (component instanceof JLabel label) {
            return label.getText();
        }
        if (component instanceof AbstractButton button) {
            return button.getText();
        }
        if (component instanceof JComboBox<?> box) {
            return String.valueOf(box.getSelectedItem());
        }
        if (component instanceof JSlider slider) {
            return String.valueOf(slider.getValue());
        }
        if (component instanceof LevelMeter meter) {
            return String.valueOf(meter.litBars());
        }
        if (component instanceof JTable table) {
            return IntStream.range(0, table.getRowCount())
                    .mapToObj(row -> IntStream.range(0, table.getColumnCount())
                            .mapToObj(column -> String.valueOf(table.getValueAt(row, column)))
                            .collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(" | "));
        }
        return ((JTextComponent) component).getText().replace('\n', ' ');
    }

    private static <T> T onSwing(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        SwingUtilities.invokeAndWait(future);
        return future.get();
    }

    /** The names of everything on the screen whose name starts so. */
    private static String names(String start) {
        return everything().stream()
                .filter(Component::isShowing)
                .map(Component::getName)
                .filter(startsWith(start))
                .collect(Collectors.joining(" "));
    }

    private static Predicate<String> startsWith(String start) {
        return name -> name != null && name.startsWith(start);
    }

    /** Finds by the name, or else by its start. */
    private static Component find(String name) {
        return find(name::equals).or(() -> find(startsWith(name))).orElse(null);
    }

    private static Optional<Component> find(Predicate<String> wanted) {
        return everything().stream()
                .filter(component -> wanted.test(component.getName()))
                .findFirst();
    }

    private static List<Component> everything() {
        List<Component> found = new ArrayList<>();
        for (Window window : Window.getWindows()) {
            if (window.isDisplayable()) {
                collect(window, found);
            }
        }
        return found;
    }

    private static void collect(Component component, List<Component> found) {
        found.add(component);
        if (component instanceof Container container) {
            for (Component child : container.getComponents()) {
                collect(child, found);
            }
        }
    }
}
