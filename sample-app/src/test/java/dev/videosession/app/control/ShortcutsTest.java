package dev.videosession.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.concurrent.atomic.AtomicInteger;
import javax.swing.JTextField;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class ShortcutsTest {
    private final Window window = Mockito.mock();
    private final JTextField field = new JTextField();
    private final AtomicInteger opened = new AtomicInteger();

    private static KeyEvent pressed(Component focused) {
        return new KeyEvent(focused, KeyEvent.KEY_PRESSED, 0, 0, KeyEvent.VK_C, 'c');
    }

    private static KeyEvent typed(Component focused) {
        return new KeyEvent(focused, KeyEvent.KEY_TYPED, 0, 0, KeyEvent.VK_UNDEFINED, 'c');
    }

    @Test
    void keyOfAShortcutIsNotTypedIntoTheFieldThatItOpens() {
        try (Shortcuts shortcuts = new Shortcuts(window)) {
            shortcuts.add("C", opened::incrementAndGet);

            assertThat(shortcuts.dispatch(pressed(window))).isTrue();
            assertThat(shortcuts.dispatch(typed(field))).isTrue();
            assertThat(opened).hasValue(1);
        }
    }

    @Test
    void nextKeyIsTypedIntoTheField() {
        try (Shortcuts shortcuts = new Shortcuts(window)) {
            shortcuts.add("C", opened::incrementAndGet);

            assertThat(shortcuts.dispatch(pressed(window))).isTrue();
            assertThat(shortcuts.dispatch(pressed(field))).isFalse();
            assertThat(shortcuts.dispatch(typed(field))).isFalse();
            assertThat(opened).hasValue(1);
        }
    }
}
