package dev.videosession.app.control;

import java.awt.Component;
import java.awt.KeyEventDispatcher;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.util.HashMap;
import java.util.Map;
import javax.swing.AbstractButton;
import javax.swing.JComboBox;
import javax.swing.JList;
import javax.swing.JTable;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.Timer;
import javax.swing.text.JTextComponent;
import org.jspecify.annotations.Nullable;

/**
 * Keyboard shortcuts of a window. A key without Ctrl means what it always means while a text field, a list or a button that reacts
 * to it has the focus. A key that is held runs its task once. For the Swing thread.
 */
public final class Shortcuts implements AutoCloseable {
    /** X11 reports a key that is held as pairs of release and press; a release counts if no press follows within this time. */
    private static final int REPEAT_MILLIS = 60;

    private final Window window;
    private final KeyEventDispatcher dispatcher = this::dispatch;
    private final Map<KeyStroke, Runnable> tasks = new HashMap<>();
    private final KeyRepeat repeat = new KeyRepeat();
    private int heldKey = KeyEvent.VK_UNDEFINED;
    private @Nullable Runnable pressed;
    private @Nullable Runnable released;
    private boolean held;
    /** The character of a shortcut's key may come when its task has moved the focus to a text field. */
    private boolean ignoresTyped;

    private final Timer release = new Timer(REPEAT_MILLIS, event -> endHold());

    /**
     * Shortcuts that work from now on.
     *
     * @param window while it has the focus
     */
    public Shortcuts(Window window) {
        this.window = window;
        release.setRepeats(false);
        KeyboardFocusManager.getCurrentKeyboardFocusManager().addKeyEventDispatcher(dispatcher);
    }

    /**
     * Adds a shortcut.
     *
     * @param key as {@link KeyStroke#getKeyStroke(String)} reads it, for instance {@code ctrl W} or {@code M}
     * @param task run when it is pressed
     */
    public void add(String key, Runnable task) {
        tasks.put(KeyStroke.getKeyStroke(key), task);
    }

    /**
     * Sets what happens while a key is held.
     *
     * @param keyCode of {@link KeyEvent}
     * @param onPressed run once when it goes down
     * @param onReleased run once when it comes up, or the window loses the focus
     */
    public void hold(int keyCode, Runnable onPressed, Runnable onReleased) {
        heldKey = keyCode;
        pressed = onPressed;
        released = onReleased;
    }

    /** {@return whether the event is handled here, so that no component sees it} */
    boolean dispatch(KeyEvent event) {
        boolean repeated = repeat.repeats(event);
        if (event.getID() == KeyEvent.KEY_TYPED && ignoresTyped) {
            ignoresTyped = false;
            return true;
        }
        if (event.getID() == KeyEvent.KEY_PRESSED) {
            ignoresTyped = false;
        }
        Component focused = event.getComponent();
        if (focused == null || (focused != window && SwingUtilities.getWindowAncestor(focused) != window)) {
            endHold();
            return false;
        }
        if (event.getKeyCode() == heldKey && event.getModifiersEx() == 0 && !reactsToSpace(focused)) {
            return holdChanged(event);
        }
        boolean free = (event.getModifiersEx() & InputEvent.CTRL_DOWN_MASK) != 0 || !takesLetters(focused);
        Runnable task = free ? tasks.get(KeyStroke.getKeyStrokeForEvent(event)) : null;
        if (task == null) {
            return false;
        }
        ignoresTyped = event.getID() == KeyEvent.KEY_PRESSED;
        if (!repeated) {
            task.run();
        }
        return true;
    }

    private boolean holdChanged(KeyEvent event) {
        if (event.getID() == KeyEvent.KEY_PRESSED) {
            release.stop();
            if (!held && pressed != null) {
                held = true;
                pressed.run();
            }
        } else if (event.getID() == KeyEvent.KEY_RELEASED && held) {
            release.restart();
        }
        return true;
    }

    private void endHold() {
        release.stop();
        if (held && released != null) {
            held = false;
            released.run();
        }
    }

    private static boolean takesLetters(Component focused) {
        return focused instanceof JTextComponent
                || focused instanceof JComboBox
                || focused instanceof JList
                || focused instanceof JTable;
    }

    private static boolean reactsToSpace(Component focused) {
        return takesLetters(focused) || focused instanceof AbstractButton;
    }

    @Override
    public void close() {
        endHold();
        KeyboardFocusManager.getCurrentKeyboardFocusManager().removeKeyEventDispatcher(dispatcher);
    }
}
