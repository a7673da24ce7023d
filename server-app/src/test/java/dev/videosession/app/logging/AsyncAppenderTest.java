package dev.videosession.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AsyncAppenderTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("test");
    private final CountDownLatch reader = new CountDownLatch(1);
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> blocked = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            try {
                reader.await();
                written.add(event.getFormattedMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    };
    private final AsyncAppender appender = new AsyncAppender(context, blocked);

    @BeforeEach
    void attach() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        blocked.setContext(context);
        blocked.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
        appender.start();
    }

    @AfterEach
    void release() {
        reader.countDown();
        appender.stop();
    }

    @Test
    void aBlockedSinkDropsTheOldestLinesAndSaysHowMany() {
        int lines = AsyncAppender.CAPACITY + 10;
        for (int i = 1; i <= lines; i++) {
            logger.info("line {}", i);
        }
        reader.countDown();
        Awaitility.await().until(() -> written.contains("line " + lines));
        long missing = appender.dropped().events();
        assertThat(missing).isBetween(9L, 10L); // the blocked thread holds one line
        assertThat(written).hasSize((int) (lines - missing + 1));
        assertThat(List.copyOf(written)).contains("event=logDropped refusals=0 events=" + missing);
    }

    @Test
    void stoppingWaitsAtMostASecondForABlockedSink() {
        logger.info("line");
        long begin = System.nanoTime();
        appender.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(2500));
    }

    @Test
    void stoppingWritesWhatIsQueued() {
        reader.countDown();
        for (int i = 0; i < 1000; i++) {
            logger.info("line {}", i);
        }
        appender.stop();
        assertThat(written).hasSize(1000);
        assertThat(appender.isDrained()).isTrue();
    }
}
