package dev.videosession.app.window;

import java.awt.AWTException;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.KeyStroke;

/** Presses keys on the display, as a user would. */
final class KeyRobot {
    private final Robot robot;

    KeyRobot() throws AWTException {
        robot = new Robot();
    }

    void press(String key) {
        KeyStroke stroke = KeyStroke.getKeyStroke(key);
        boolean control = (stroke.getModifiers() & InputEvent.CTRL_DOWN_MASK) != 0;
        boolean shift = (stroke.getModifiers() & InputEvent.SHIFT_DOWN_MASK) != 0;
        boolean alt = (stroke.getModifiers() & InputEvent.ALT_DOWN_MASK) != 0;
        if (control) {
            robot.keyPress(KeyEvent.VK_CONTROL);
        }
        if (alt) {
            robot.keyPress(KeyEvent.VK_ALT);
        }
        if (shift) {
            robot.keyPress(KeyEvent.VK_SHIFT);
        }
        robot.keyPress(stroke.getKeyCode());
        robot.keyRelease(stroke.getKeyCode());
        if (shift) {
            robot.keyRelease(KeyEvent.VK_SHIFT);
        }
        if (alt) {
            robot.keyRelease(KeyEvent.VK_ALT);
        }
        if (control) {
            robot.keyRelease(KeyEvent.VK_CONTROL);
        }
        robot.waitForIdle();
    }

    void down(String key) {
        robot.keyPress(KeyStroke.getKeyStroke(key).getKeyCode());
        robot.waitForIdle();
    }

    void up(String key) {
        robot.keyRelease(KeyStroke.getKeyStroke(key).getKeyCode());
        robot.waitForIdle();
    }
}
