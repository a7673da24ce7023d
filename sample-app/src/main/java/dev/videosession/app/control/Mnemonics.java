package dev.videosession.app.control;

import dev.videosession.app.text.Texts;
import java.awt.event.ActionEvent;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import javax.swing.AbstractAction;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.KeyStroke;

/**
 * Labels and buttons of forms whose texts mark the letter that goes to them with Alt: {@code &Server}. Within one window each letter is
 * used
 * once. For the Swing thread.
 */
public final class Mnemonics {
    private static final char MARK = '&';

    private Mnemonics() {}

    /**
     * Looks up a text for another use, a screen reader for instance.
     *
     * @param key of the text
     * @return the text without its mark
     */
    public static String plain(String key) {
        return Texts.of(key).replace(String.valueOf(MARK), "");
    }

    /**
     * Creates the label of a field.
     *
     * @param key of the text
     * @param field gets the focus by the letter
     * @return the label
     */
    public static JLabel label(String key, JComponent field) {
        String text = Texts.of(key);
        JLabel label = new JLabel(plain(key));
        label.setLabelFor(field);
        int index = text.indexOf(MARK);
        if (index >= 0) {
            label.setDisplayedMnemonicIndex(index);
            // not the label's own mnemonic, which passes the focus on at a release of the key that may come before it
            // has the focus
            int letter = KeyEvent.getExtendedKeyCodeForChar(text.charAt(index + 1));
            field.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW)
                    .put(KeyStroke.getKeyStroke(letter, InputEvent.ALT_DOWN_MASK), "mnemonic");
            field.getActionMap().put("mnemonic", new AbstractAction() {
                private static final long serialVersionUID = 1L;

                @Override
                public void actionPerformed(ActionEvent event) {
                    field.requestFocusInWindow();
                }
            });
        }
        return label;
    }

    /**
     * Creates a button.
     *
     * @param key of the text
     * @return the button, which the letter presses
     */
    public static JButton button(String key) {
        String text = Texts.of(key);
        JButton button = new JButton(plain(key));
        int index = text.indexOf(MARK);
        if (index >= 0) {
            button.setMnemonic(text.charAt(index + 1));
            button.setDisplayedMnemonicIndex(index);
        }
        return button;
    }
}
