package dev.videosession.app.window;

import java.awt.AWTException;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;

/**
 * Presses keys on the display, as a user would, and waits until the program has handled them. {@link Robot#waitForIdle()} is of no
 * use for that: it waits until nothing is painted, which takes seconds while videos are shown.
 */
final class KeyRobot {
    private static final Duration HANDLED = Duration.ofSeconds(2);
    /** A window that the key has closed never receives the release. */
    private static final Duration RELEASED = Duration.ofMillis(300);

    private final EventCosts events;
    private final Robot robot;

    KeyRobot(EventCosts events) throws AWTException {
        this.events = events;
        robot = new Robot();
    }

    void press(String key) throws InterruptedException {
        KeyStroke stroke = KeyStroke.getKeyStroke(key);
        int code = stroke.getKeyCode();
        List<Integer> modifiers = modifiers(stroke.getModifiers());
        try (KeyWatch pressed = new KeyWatch(events, KeyEvent.KEY_PRESSED, code);
                KeyWatch released = new KeyWatch(events, KeyEvent.KEY_RELEASED, code)) {
            modifiers.forEach(robot::keyPress);
            robot.keyPress(code);
            robot.keyRelease(code); // at once: the display repeats a key that is held
            modifiers.forEach(robot::keyRelease);
            pressed.await(HANDLED);
            released.await(RELEASED);
        }
        awaitQueue();
    }

    void down(String key) throws InterruptedException {
        int code = KeyStroke.getKeyStroke(key).getKeyCode();
        try (KeyWatch pressed = new KeyWatch(events, KeyEvent.KEY_PRESSED, code)) {
            robot.keyPress(code);
            pressed.await(HANDLED);
        }
        awaitQueue();
    }

    void up(String key) throws InterruptedException {
        int code = KeyStroke.getKeyStroke(key).getKeyCode();
        try (KeyWatch released = new KeyWatch(events, KeyEvent.KEY_RELEASED, code)) {
            robot.keyRelease(code);
            released.await(HANDLED);
        }
        awaitQueue();
    }

    private static List<Integer> modifiers(int mask) {
        return Stream.of(
                        new Modifier(InputEvent.CTRL_DOWN_MASK, KeyEvent.VK_CONTROL),
                        new Modifier(InputEvent.ALT_DOWN_MASK, KeyEvent.VK_ALT),
                        new Modifier(InputEvent.SHIFT_DOWN_MASK, KeyEvent.VK_SHIFT))
                .filter(each -> (mask & each.mask()) != 0)
                .map(Modifier::code)
                .toList();
    }

    private record Modifier(int mask, int code) {}

    /** Waits until what is in the queue of events has been handled. */
    private static void awaitQueue() throws InterruptedException {
        try {
            SwingUtilities.invokeAndWait(() -> {});
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
