package dev.videosession.app.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Window;
import java.util.Arrays;
import java.util.Optional;

/** Finds components of open windows by their names. For the Swing thread. */
public final class Components {
    private Components() {}

    /**
     * Finds a window.
     *
     * @param name of the component
     * @return the window, if it is showing
     */
    public static Optional<Window> window(String name) {
        return Arrays.stream(Window.getWindows())
                .filter(each -> each.isShowing() && name.equals(each.getName()))
                .findFirst();
    }

    /**
     * Finds a component in a window.
     *
     * @param parent where to look
     * @param name of the component
     * @return the first one that is showing
     */
    public static Optional<Component> find(Container parent, String name) {
        for (Component each : parent.getComponents()) {
            if (name.equals(each.getName()) && each.isShowing()) {
                return Optional.of(each);
            }
            if (each instanceof Container inner) {
                Optional<Component> found = find(inner, name);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
