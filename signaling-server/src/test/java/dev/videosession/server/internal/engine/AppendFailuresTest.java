package dev.videosession.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.log.LogUnavailableException;
import dev.videosession.server.internal.log.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AppendFailuresTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(AppendFailures.class);
    private final Level before = logger.getLevel();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final LogUnavailableException outage = new LogUnavailableException("OOM", new RuntimeException());
    private final AppendFailures failures = new AppendFailures(new SessionId("session"));

    @BeforeEach
    void record() {
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
        logger.setLevel(before);
    }

    @Test
    void outageIsOneLineWithoutAStack() {
        for (int i = 0; i < 1000; i++) {
            failures.failed(1, outage);
        }
        assertThat(appender.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getFormattedMessage()).endsWith("cause=\"OOM\"");
            assertThat(line.getThrowableProxy()).isNull();
        });
    }

    @Test
    void bugIsReportedWithItsStackOnce() {
        failures.failed(1, new IllegalStateException("bug"));
        failures.failed(1, new IllegalStateException("bug"));
        assertThat(appender.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.ERROR);
            assertThat(line.getThrowableProxy()).isNotNull();
        });
    }

    @Test
    void bugDuringAnOutageIsReported() {
        failures.failed(1, outage);
        failures.failed(1, new IllegalStateException("bug"));
        failures.failed(1, outage);
        assertThat(appender.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN, Level.ERROR);
    }

    @Test
    void endOfAnOutageIsReportedOnceAndTheNextOutageAgain() {
        failures.recovered(Position.START);
        failures.failed(1, outage);
        failures.recovered(Position.START);
        failures.recovered(Position.START);
        failures.failed(1, outage);
        assertThat(appender.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.INFO, Level.WARN);
    }
}
