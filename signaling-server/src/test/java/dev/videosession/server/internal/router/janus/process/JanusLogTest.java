package dev.videosession.server.internal.router.janus.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.videosession.protocol.time.TimeSource;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class JanusLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(JanusLog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final JanusLog log = new JanusLog(TimeSource.system());

    @BeforeEach
    void record() {
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(appender);
    }

    private List<Level> levels() {
        return appender.list.stream().map(ILoggingEvent::getLevel).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[FATAL] [janus.c:main:5801] No Janus API transport is available",
                "(process:7): GLib-ERROR **: 12:00:00.000: creating thread 'hloop': Resource temporarily unavailable",
                "ERROR:../ice.c:4054:janus_ice_setup_local: assertion failed",
                "(janus:7): GLib-GIO-CRITICAL **: g_socket_new: too many open files",
                "double free or corruption (out)"
            })
    void causeOfAnEndIsAWarning(String line) {
        log.take(line);
        assertThat(levels()).containsExactly(Level.WARN);
        assertThat(log.lastErrors()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[WARN] [7] Failed to add some remote candidates (added 0, expected 1)",
                "[ERR] [plugins/janus_videoroom.c:4242] No such room (r-1)",
                "[WARN] [7] Didn't receive video (substream #2) for more than 1 second(s)...",
                "Creating new session: 7"
            })
    void normalWorkIsNotLogged(String line) {
        log.take(line);
        assertThat(levels()).doesNotContain(Level.INFO, Level.WARN, Level.ERROR);
        assertThat(log.lastErrors()).isEmpty();
    }

    @Test
    void otherWarningsAreInformation() {
        log.take("[WARN] [7] ICE failed for component 1 in stream 1");
        assertThat(levels()).containsExactly(Level.INFO);
    }

    @Test
    void lastTwoErrorsAreRemembered() throws IOException {
        log.readAll(new StringReader("[ERR] one\n[ERR] \"two\"\nmore\n[ERR] three\n"));
        assertThat(log.lastErrors()).isEqualTo("[ERR] 'two'; [ERR] three");
    }
}
