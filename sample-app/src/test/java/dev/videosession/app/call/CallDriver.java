package dev.videosession.app.call;

import dev.videosession.app.Main;
import java.awt.Component;
import java.awt.Container;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import javax.imageio.ImageIO;
import javax.swing.AbstractButton;
import javax.swing.JLabel;
import javax.swing.SwingUtilities;
import javax.swing.text.JTextComponent;

/**
 * The call command in this process, and somebody who looks at its window and presses its buttons: reads one order a line,
 * answers with one line.
 */
final class CallDriver {
    private CallDriver() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        new Thread(() -> Main.main(arguments), "command").start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            out.println(words[0] + " " + answer(words[1], words[2]));
        }
    }

    private static String answer(String order, String object) throws Exception {
        return switch (order) {
            case "shot" -> shot(Path.of(object));
            case "bounds" -> onSwing(() -> bounds(object));
            case "text" -> onSwing(() -> text(find(object)));
            case "click" -> {
                SwingUtilities.invokeLater(() -> ((AbstractButton) find(object)).doClick());
                yield "done";
            }
            default -> throw new IllegalArgumentException(order);
        };
    }

    private static String shot(Path file) throws Exception {
        Rectangle screen = new Rectangle(Toolkit.getDefaultToolkit().getScreenSize());
        ImageIO.write(new Robot().createScreenCapture(screen), "png", file.toFile());
        return "done";
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
        return ((JTextComponent) component).getText();
    }

    private static <T> T onSwing(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        SwingUtilities.invokeAndWait(future);
        return future.get();
    }

    /** Finds by the start of the name. */
    private static Component find(String name) {
        for (Frame frame : Frame.getFrames()) {
            Component found = find(frame, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Component find(Component component, String name) {
        if (component.getName() != null && component.getName().startsWith(name)) {
            return component;
        }
        if (component instanceof Container container) {
            for (Component child : container.getComponents()) {
                Component found = find(child, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
