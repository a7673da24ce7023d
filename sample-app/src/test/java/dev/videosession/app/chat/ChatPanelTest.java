package dev.videosession.app.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Component;
import java.awt.Container;
import java.awt.geom.Rectangle2D;
import java.time.LocalTime;
import java.util.Optional;
import java.util.stream.Stream;
import javax.swing.JTextPane;
import javax.swing.SwingUtilities;
import javax.swing.text.BadLocationException;
import org.junit.jupiter.api.Test;

/** Messages in a narrow panel. */
class ChatPanelTest {
    private static final String LINK = "https://example.org/" + "a-very-long-address/".repeat(8);

    @Test
    void aWordThatIsTooLongForALineMakesNoMessageWider() throws Exception {
        SwingUtilities.invokeAndWait(() -> {
            ChatPanel chat = new ChatPanel(text -> {}, unread -> {});
            chat.setSize(300, 400);
            say(chat, "Good morning. Can we start with the release date, because I have another meeting at ten?");
            say(chat, LINK);
            layOut(chat);

            JTextPane history = (JTextPane) find(chat, "chat-history").orElseThrow();
            int width = history.getWidth();
            assertThat(width).isBetween(100, 300);
            for (int i = 0; i <= history.getDocument().getLength(); i++) {
                assertThat(place(history, i).getMaxX())
                        .as("end of character %d", i)
                        .isLessThanOrEqualTo(width);
            }
            assertThat(place(history, history.getText().indexOf(LINK) + LINK.length())
                            .getY())
                    .as("the link continues below")
                    .isGreaterThan(
                            place(history, history.getText().indexOf(LINK)).getY());
        });
    }

    @Test
    void theTimeBesideALongNameStaysInOnePiece() throws Exception {
        for (int width = 150; width < 300; width += 5) {
            int size = width;
            SwingUtilities.invokeAndWait(() -> {
                ChatPanel chat = new ChatPanel(text -> {}, unread -> {});
                chat.setSize(size, 400);
                chat.add(new ChatMessage("Cleo Montgomery-Featherston…", "hi", false, LocalTime.NOON));
                layOut(chat);

                JTextPane history = (JTextPane) find(chat, "chat-history").orElseThrow();
                int time = history.getText().indexOf("12:00");
                assertThat(place(history, time).getY())
                        .as("width %d", size)
                        .isEqualTo(place(history, time + 4).getY());
                assertThat(place(history, time + 5).getMaxX()).isLessThanOrEqualTo(history.getWidth());
            });
        }
    }

    private static void say(ChatPanel chat, String text) {
        chat.add(new ChatMessage("Ben", text, false, LocalTime.NOON));
    }

    private static Rectangle2D place(JTextPane history, int position) {
        try {
            return history.modelToView2D(position);
        } catch (BadLocationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void layOut(Container container) {
        container.doLayout();
        for (Component each : container.getComponents()) {
            if (each instanceof Container inner) {
                layOut(inner);
            }
        }
    }

    private static Optional<Component> find(Container container, String name) {
        return Stream.of(container.getComponents())
                .flatMap(each -> name.equals(each.getName())
                        ? Stream.of(each)
                        : each instanceof Container inner ? find(inner, name).stream() : Stream.empty())
                .findFirst();
    }
}
