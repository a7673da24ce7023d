package dev.videosession.app.control;

import java.awt.Component;
import java.awt.Dialog.ModalityType;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;

/**
 * A dialog of a window. Escape closes it, Enter presses its default button, and afterwards the focus is where it was. For the Swing
 * thread.
 */
public final class WindowDialog {
    private final JDialog dialog;

    /**
     * A dialog that is not open yet.
     *
     * @param near in whose window
     * @param name of the component
     * @param title of the dialog
     * @param modality what it keeps the user from
     */
    public WindowDialog(Component near, String name, String title, ModalityType modality) {
        dialog = new JDialog(SwingUtilities.getWindowAncestor(near), title, modality);
        dialog.setName(name);
        FocusReturn.install(dialog);
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        dialog.getRootPane()
                .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        dialog.getRootPane().getActionMap().put("cancel", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                close();
            }
        });
    }

    /** {@return the dialog, to place other windows over it} */
    public JDialog window() {
        return dialog;
    }

    /**
     * Sets what to do when it is closed.
     *
     * @param task run once, after it was closed
     */
    public void onClosed(Runnable task) {
        dialog.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                dialog.removeWindowListener(this);
                task.run();
            }
        });
    }

    /**
     * Opens it and returns at once.
     *
     * @param content of the dialog
     * @param defaultButton pressed by Enter
     * @param first gets the focus
     */
    public void open(JComponent content, JButton defaultButton, JComponent first) {
        dialog.setContentPane(content);
        dialog.getRootPane().setDefaultButton(defaultButton);
        dialog.pack();
        dialog.setLocationRelativeTo(dialog.getOwner());
        SwingUtilities.invokeLater(first::requestFocusInWindow);
        SwingUtilities.invokeLater(() -> dialog.setVisible(true));
    }

    /** Closes it. A second call does nothing. */
    public void close() {
        dialog.dispose();
    }

    /** {@return whether it is on the screen} */
    public boolean isOpen() {
        return dialog.isShowing();
    }
}
