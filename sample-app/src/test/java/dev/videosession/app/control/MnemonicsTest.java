package dev.videosession.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.ResourceBundle;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnemonicsTest {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("dev.videosession.app.text.Texts");

    @Test
    void letterGoesToTheFieldAndIsNotShownAsAMark() {
        JTextField field = new JTextField();
        JLabel label = Mnemonics.label("start.session", field);
        assertThat(label.getText()).isEqualTo("Session");
        assertThat(field.getInputMap(JComponent.WHEN_IN_FOCUSED_WINDOW).get(KeyStroke.getKeyStroke("alt E")))
                .isEqualTo("mnemonic");
        assertThat(label.getDisplayedMnemonicIndex()).isEqualTo(1);
        assertThat(label.getLabelFor()).isSameAs(field);
        assertThat(Mnemonics.button("lobby.join").getMnemonic()).isEqualTo('J');
    }

    /** The texts with letters of one window. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "start\\..*",
                "lobby\\..*",
                "console\\.form.*",
                "settings\\..*|lobby\\.(camera|microphone|speaker)"
            })
    void lettersOfAWindowDiffer(String keys) {
        List<Character> letters = TEXTS.keySet().stream()
                .filter(key -> key.matches(keys))
                .map(TEXTS::getString)
                .filter(text -> text.contains("&"))
                .map(text -> Character.toUpperCase(text.charAt(text.indexOf('&') + 1)))
                .toList();
        assertThat(letters).hasSizeGreaterThan(3).doesNotHaveDuplicates().allMatch(Character::isLetter);
    }
}
