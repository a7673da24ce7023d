package dev.videosession.app.console;

import dev.videosession.session.DisplayText;
import java.awt.Component;
import java.awt.Dialog.ModalityType;
import java.awt.KeyboardFocusManager;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import javax.swing.SwingUtilities;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;

/** Asks for a message to the participant to be removed. The rest of the window stays usable meanwhile. */
final class RemovalDialog {
    private static final int ROWS = 3;
    private static final int COLUMNS = 36;

    /** What was decided. */
    interface RemovalChoice {
        void remove(String message, boolean ban);
    }

    private final JDialog dialog;
    private final JTextArea message = new JTextArea(ROWS, COLUMNS);
    private final JCheckBox ban = new JCheckBox("Refuse this token for the rest of the session");
    private final RemovalChoice decision;

    private RemovalDialog(Component near, String name, RemovalChoice decision) {
        this.decision = decision;
        this.dialog =
                new JDialog(SwingUtilities.getWindowAncestor(near), "Remove a participant", ModalityType.MODELESS);
        dialog.setName("removal");
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        JLabel question = new JLabel();
        question.putClientProperty("html.disable", true); // what clients write is text
        question.setText("Message to " + DisplayText.isolateInSwing(name) + " (optional)");
        question.setLabelFor(message);
        message.setName("removal-message");
        message.setLineWrap(true);
        message.setWrapStyleWord(true);
        // Tab leads to the next field, and Enter confirms, as in a text field
        message.setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
        message.setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
        message.getInputMap().put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "confirm");
        message.getActionMap().put("confirm", new Confirm());
        ban.setName("removal-ban");
        JButton remove = new JButton("Remove");
        remove.setName("removal-confirm");
        remove.addActionListener(event -> confirm());
        JButton cancel = new JButton("Cancel");
        cancel.setName("removal-cancel");
        cancel.addActionListener(event -> dialog.dispose());
        JPanel content = new JPanel(new MigLayout("insets 16, wrap 1, fill", "[grow]", "[]8[grow]8[]16[]"));
        content.add(question, "wmin 0");
        content.add(new JScrollPane(message), "grow");
        content.add(ban);
        content.add(remove, "split 2, alignx right");
        content.add(cancel);
        dialog.setContentPane(content);
        dialog.getRootPane().setDefaultButton(remove);
        dialog.getRootPane()
                .getInputMap(JComponent.WHEN_ANCESTOR_OF_FOCUSED_COMPONENT)
                .put(KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0), "cancel");
        dialog.getRootPane().getActionMap().put("cancel", new Cancel());
        dialog.pack();
        dialog.setLocationRelativeTo(dialog.getOwner());
    }

    static void ask(Component near, String name, RemovalChoice decision) {
        new RemovalDialog(near, name, decision).dialog.setVisible(true);
    }

    private void confirm() {
        dialog.dispose();
        decision.remove(message.getText(), ban.isSelected());
    }

    private final class Confirm extends AbstractAction {
        private static final long serialVersionUID = 1L;

        @Override
        public void actionPerformed(ActionEvent event) {
            confirm();
        }
    }

    private final class Cancel extends AbstractAction {
        private static final long serialVersionUID = 1L;

        @Override
        public void actionPerformed(ActionEvent event) {
            dialog.dispose();
        }
    }
}
