package dev.videosession.app.control;

import java.awt.Component;
import java.awt.KeyboardFocusManager;
import java.awt.Window;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;

/** Gives the focus back to the component that had it before a dialog was opened, whatever the window manager does. */
public final class FocusReturn {
    private FocusReturn() {}

    /**
     * Prepares a dialog; call it before the dialog is shown.
     *
     * @param dialog gives the focus back when it is closed
     */
    public static void install(Window dialog) {
        Component former = KeyboardFocusManager.getCurrentKeyboardFocusManager().getFocusOwner();
        if (former != null) {
            dialog.addWindowListener(new WindowAdapter() {
                @Override
                public void windowClosed(WindowEvent event) {
                    if (former.isShowing()) {
                        former.requestFocus();
                    }
                }
            });
        }
    }
}
