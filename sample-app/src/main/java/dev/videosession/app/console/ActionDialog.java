package dev.videosession.app.console;

import dev.videosession.app.control.ScrollableColumn;
import dev.videosession.app.control.WindowDialog;
import dev.videosession.app.text.Texts;
import java.awt.Component;
import java.awt.Dialog.ModalityType;
import java.awt.KeyboardFocusManager;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.AbstractAction;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JTextArea;
import javax.swing.KeyStroke;
import net.miginfocom.swing.MigLayout;

/**
 * Asks a moderator to confirm an action: a question, and if wanted a message to participants and boxes to check. The rest of the window
 * stays usable meanwhile. Enter confirms, Escape cancels, Tab leads to the next field.
 */
final class ActionDialog {
    private static final int ROWS = 3;
    private static final int COLUMNS = 36;
    private static final int LONGEST_LIST = 180;

    private final WindowDialog dialog;
    private final JPanel content =
            new JPanel(new MigLayout("insets 16, wrap 1, fillx, hidemode 3", "[grow, fill]", "[]8[]"));
    private final JTextArea message = new JTextArea(ROWS, COLUMNS);
    private final List<JCheckBox> boxes = new ArrayList<>();
    private final JButton confirm = new JButton();
    private final JButton cancel = new JButton(Texts.of("console.cancel"));
    private boolean hasMessage;
    private boolean needsMessage;

    /**
     * What a moderator decided.
     *
     * @param message for participants, without blanks at its ends, possibly empty
     * @param checked for each box whether it is checked
     */
    record Confirmed(String message, List<Boolean> checked) {}

    /** A dialog in the window of a component. */
    ActionDialog(Component near, String title, String question, String action) {
        dialog = new WindowDialog(near, "action", title, ModalityType.MODELESS);
        JTextArea text = new JTextArea(question);
        text.setName("action-question");
        text.setColumns(COLUMNS);
        text.setEditable(false);
        text.setFocusable(false);
        text.setOpaque(false);
        text.setBorder(BorderFactory.createEmptyBorder());
        text.setLineWrap(true);
        text.setWrapStyleWord(true);
        content.add(text, "wmin 0");
        message.setName("action-message");
        message.setLineWrap(true);
        message.setWrapStyleWord(true);
        message.setFocusTraversalKeys(KeyboardFocusManager.FORWARD_TRAVERSAL_KEYS, null);
        message.setFocusTraversalKeys(KeyboardFocusManager.BACKWARD_TRAVERSAL_KEYS, null);
        confirm.setName("action-confirm");
        confirm.setText(action);
        cancel.setName("action-cancel");
        cancel.addActionListener(event -> dialog.close());
    }

    /** Adds a field for a message; without text in it the action cannot be confirmed if {@code needed}. */
    ActionDialog withMessage(String label, boolean needed) {
        hasMessage = true;
        needsMessage = needed;
        JLabel above = new JLabel();
        above.putClientProperty("html.disable", true); // it may contain a name
        above.setText(label);
        above.setLabelFor(message);
        content.add(above, "wmin 0");
        content.add(new JScrollPane(message), "wmin 0");
        return this;
    }

    /** Adds a box to check. */
    ActionDialog withBox(String name, String label) {
        content.add(box(name, label), "wmin 0");
        return this;
    }

    /** Adds a list of boxes with a line above it; the keys are the names of the components. */
    ActionDialog withBoxes(String heading, Map<String, String> labels) {
        if (!labels.isEmpty()) {
            JPanel list = new ScrollableColumn(new MigLayout("insets 4, wrap 1, fillx", "[grow, fill]", "[]0[]"));
            labels.forEach((name, label) -> list.add(box(name, label), "wmin 0"));
            content.add(new JLabel(heading), "wmin 0");
            content.add(new JScrollPane(list), "wmin 0, hmax " + LONGEST_LIST);
        }
        return this;
    }

    private JCheckBox box(String name, String label) {
        JCheckBox box = new JCheckBox();
        box.putClientProperty("html.disable", true); // it may be a name
        box.setText(label);
        box.setName(name);
        boxes.add(box);
        return box;
    }

    /** Opens the dialog and returns at once. */
    void open(Consumer<Confirmed> onConfirmed) {
        confirm.addActionListener(event -> decide(onConfirmed));
        message.getInputMap(JComponent.WHEN_FOCUSED).put(KeyStroke.getKeyStroke(KeyEvent.VK_ENTER, 0), "confirm");
        message.getActionMap().put("confirm", new AbstractAction() {
            private static final long serialVersionUID = 1L;

            @Override
            public void actionPerformed(ActionEvent event) {
                decide(onConfirmed);
            }
        });
        content.add(confirm, "split 2, gapbefore push, growx 0, gaptop 8");
        content.add(cancel, "growx 0");
        JComponent first = hasMessage ? message : boxes.isEmpty() ? cancel : boxes.get(0);
        dialog.open(content, confirm, first);
    }

    private void decide(Consumer<Confirmed> onConfirmed) {
        String text = message.getText().strip();
        if (needsMessage && text.isEmpty()) {
            message.requestFocusInWindow();
            return;
        }
        dialog.close();
        onConfirmed.accept(
                new Confirmed(text, boxes.stream().map(JCheckBox::isSelected).toList()));
    }
}
