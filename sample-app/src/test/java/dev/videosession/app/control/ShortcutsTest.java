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

    private KeyEvent event(int id, long time) {
        return new KeyEvent(window, id, time, 0, KeyEvent.VK_C, 'c');
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

    @Test
    void aKeyThatIsHeldRunsItsTaskOnce() {
        try (Shortcuts shortcuts = new Shortcuts(window)) {
            shortcuts.add("C", opened::incrementAndGet);

            shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, 1000));
            for (int time = 1660; time < 2000; time += 40) { // as X11 reports it
                shortcuts.dispatch(event(KeyEvent.KEY_RELEASED, time));
                assertThat(shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, time)))
                        .isTrue();
            }
            shortcuts.dispatch(event(KeyEvent.KEY_RELEASED, 2000));
            assertThat(opened).hasValue(1);

            shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, 2020));
            for (int time = 2520; time < 3000; time += 30) { // as other systems report it
                assertThat(shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, time)))
                        .isTrue();
            }
            assertThat(opened).hasValue(2);
        }
    }

    @Test
    void aKeyThatIsPressedAgainRunsItsTaskAgain() {
        try (Shortcuts shortcuts = new Shortcuts(window)) {
            shortcuts.add("C", opened::incrementAndGet);

            shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, 1000));
            shortcuts.dispatch(event(KeyEvent.KEY_RELEASED, 1005));
            shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, 1015));
            assertThat(opened).hasValue(2);

            shortcuts.dispatch(event(KeyEvent.KEY_PRESSED, 5000)); // the release in between went to another program
            assertThat(opened).hasValue(3);
        }
    }
}
