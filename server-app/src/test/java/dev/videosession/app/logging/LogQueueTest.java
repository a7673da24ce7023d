package dev.videosession.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.MarkerFactory;

class LogQueueTest {
    private final LoggerContext context = new LoggerContext();
    private final LogQueue queue = new LogQueue(3);

    private void add(Level level, String message) {
        queue.add(event(level, message));
    }

    private void refuse(String message) {
        LoggingEvent event = event(Level.WARN, message);
        event.addMarker(MarkerFactory.getMarker("REFUSAL"));
        queue.add(event);
    }

    private LoggingEvent event(Level level, String message) {
        return new LoggingEvent("", context.getLogger("test"), level, message, null, new Object[0]);
    }

    private List<String> rest() throws InterruptedException {
        queue.close();
        List<String> messages = new ArrayList<>();
        for (ILoggingEvent event = queue.take(); event != null; event = queue.take()) {
            messages.add(event.getMessage());
        }
        return messages;
    }

    @Test
    void eventsKeepTheirOrderWhateverTheirKind() throws InterruptedException {
        add(Level.INFO, "1");
        refuse("2");
        add(Level.ERROR, "3");
        assertThat(rest()).containsExactly("1", "2", "3");
        assertThat(queue.dropped().isNone()).isTrue();
    }

    @Test
    void aFullQueueDropsTheOldestRefusalFirst() throws InterruptedException {
        add(Level.INFO, "connected");
        refuse("1");
        refuse("2");
        refuse("3");
        add(Level.INFO, "disconnected");
        assertThat(rest()).containsExactly("connected", "3", "disconnected");
        assertThat(queue.dropped()).isEqualTo(new LogQueue.Dropped(2, 0));
    }

    @Test
    void aRefusalNeverDisplacesAnotherEvent() throws InterruptedException {
        add(Level.INFO, "1");
        add(Level.INFO, "2");
        add(Level.INFO, "3");
        refuse("refused");
        add(Level.DEBUG, "detail");
        assertThat(rest()).containsExactly("1", "2", "3");
        assertThat(queue.dropped()).isEqualTo(new LogQueue.Dropped(2, 0));
    }

    @Test
    void theNewestEventsStay() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            add(Level.INFO, "" + i);
        }
        assertThat(rest()).containsExactly("3", "4", "5");
        assertThat(queue.dropped()).isEqualTo(new LogQueue.Dropped(0, 2));
    }

    @Test
    void nothingIsAddedAfterTheEnd() throws InterruptedException {
        add(Level.INFO, "1");
        queue.close();
        add(Level.INFO, "2");
        assertThat(rest()).containsExactly("1");
    }
}
