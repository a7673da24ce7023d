package dev.videosession.app.control;

import java.awt.Component;
import java.awt.Dialog.ModalityType;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JPanel;
import javax.swing.JTextArea;
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
        WindowDialog dialog = new WindowDialog(near, "confirmation", title, ModalityType.DOCUMENT_MODAL);
        JTextArea text = new JTextArea(question, 2, COLUMNS);
        text.setName("confirmation-text");
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        text.setBorder(BorderFactory.createEmptyBorder());
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        JButton doIt = new JButton(yes);
        doIt.setName("confirmation-yes");
        doIt.addActionListener(event -> {
            dialog.close();
            task.run();
        });
        JButton stay = new JButton(no);
        stay.setName("confirmation-no");
        stay.addActionListener(event -> dialog.close());
        JPanel content = new JPanel(new MigLayout("insets 16, wrap 1, fill", "[grow, fill]", "[grow]16[]"));
        content.add(text, "wmin 0");
        content.add(doIt, "split 2, gapbefore push, growx 0");
        content.add(stay, "growx 0");
        dialog.open(content, stay, stay);
    }
}
