package dev.videosession.app.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.session.SessionEvent;
import org.junit.jupiter.api.Test;

class EventTextTest {
    @Test
    void signalIsOneLineWithoutControlsAndBounded() {
        String line = EventText.of(new SessionEvent.Signal("chat", "a\u001B[2J\nb\u009Bc\u202Ed", null));
        assertThat(line).isEqualTo("signal:chat          a[2J bcd");
        assertThat(EventText.of(new SessionEvent.Signal("chat", "x".repeat(8000), null)))
                .hasSize(21 + 300)
                .endsWith("…");
        assertThat(EventText.of(new SessionEvent.Signal("chat", null, null))).isEqualTo("signal:chat");
    }

    @Test
    void textFromRightToLeftIsSetApartByWhatTheMediumShows() {
        SessionEvent event = new SessionEvent.Signal(null, "\u05D0\u05D1", null);
        assertThat(EventText.of(event)).endsWith(" \u2068\u05D0\u05D1\u2069");
        assertThat(EventText.details(event)).isEqualTo("\u200E\u05D0\u05D1\u200E");
        assertThat(EventText.message("\u05D0 1")).isEqualTo("\u200E\u05D0 1\u200E");
        assertThat(EventText.message(null)).isEmpty();
    }
}
