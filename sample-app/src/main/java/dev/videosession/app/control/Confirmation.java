package dev.videosession.app.control;

import java.awt.Component;
import java.awt.Dialog.ModalityType;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JPanel;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;

/** Asks before something is done that concerns other people. The focus starts on the answer that does nothing. */
public final class Confirmation {
    private static final int COLUMNS = 30;

    private Confirmation() {}

    /**
     * Opens the question and returns at once.
     *
     * @param near in whose window
     * @param title of the dialog
     * @param question in a sentence or two
     * @param yes what the button that does it says
     * @param no what the button that does nothing says
     * @param task run if the user wants it
     */
    public static void ask(Component near, String title, String question, String yes, String no, Runnable task) {
        JDialog dialog = new JDialog(SwingUtilities.getWindowAncestor(near), title, ModalityType.DOCUMENT_MODAL);
        dialog.setName("confirmation");
        FocusReturn.install(dialog);
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        JTextArea text = new JTextArea(question, 2, COLUMNS);
        text.setName("confirmation-text");
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        JButton doIt = new JButton(yes);
        doIt.setName("confirmation-yes");
        doIt.addActionListener(event -> {
            dialog.dispose();
            task.run();
        });
        JButton stay = new JButton(no);
        stay.setName("confirmation-no");
        stay.addActionListener(event -> dialog.dispose());
        JPanel content = new JPanel(new MigLayout("insets 16, wrap 1, fill", "[grow, fill]", "[grow]16[]"));
        content.add(text, "wmin 0");
        content.add(doIt, "split 2, alignx right, growx 0");
        content.add(stay, "growx 0");
        dialog.setContentPane(content);
        dialog.getRootPane().setDefaultButton(stay);
        dialog.getRootPane()
                .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        dialog.getRootPane().getActionMap().put("cancel", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                dialog.dispose();
            }
        });
        dialog.pack();
        dialog.setLocationRelativeTo(dialog.getOwner());
        SwingUtilities.invokeLater(stay::requestFocusInWindow);
        SwingUtilities.invokeLater(() -> dialog.setVisible(true));
    }
}
