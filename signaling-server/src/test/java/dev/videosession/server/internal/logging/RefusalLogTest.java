package dev.videosession.server.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.videosession.protocol.time.TimeSource;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final LoggerContext context = new LoggerContext();
    private final Logger logger = context.getLogger("test");
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private long now;
    private final RefusalLog refusals = new RefusalLog(TimeSource.of(() -> now, InstantSource.system()), later::add);

    @BeforeEach
    void record() {
        appender.start();
        logger.addAppender(appender);
    }

    private List<String> lines() {
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void refuse(String event, int times) {
        for (int i = 0; i < times; i++) {
            refusals.info(logger, event, "code={}", i);
        }
    }

    @Test
    void whatIsWithinTheAllowanceIsWritten() {
        refuse("refused", RefusalLog.BURST);
        assertThat(lines()).hasSize(RefusalLog.BURST).first().isEqualTo("event=refused code=0");
        assertThat(later).isEmpty();
        now += TimeUnit.SECONDS.toNanos(1);
        refuse("refused", RefusalLog.PER_SECOND);
        assertThat(lines()).hasSize(RefusalLog.BURST + RefusalLog.PER_SECOND);
        assertThat(later).isEmpty();
    }

    @Test
    void whatIsBeyondItIsCountedInOneLine() {
        refuse("refused", RefusalLog.BURST + 4312);
        assertThat(lines()).hasSize(RefusalLog.BURST);
        assertThat(refusals.omitted()).isEqualTo(4312);
        later.remove().run();
        assertThat(later).isEmpty();
        assertThat(lines()).last().isEqualTo("event=refusalsOmitted of=refused count=4312");
        refuse("refused", 1);
        later.remove().run();
        assertThat(lines()).last().isEqualTo("event=refusalsOmitted of=refused count=1");
    }

    @Test
    void aFloodOfOneEventDoesNotHideAnother() {
        refuse("socketRefused", 1000);
        refuse("refused", 1);
        assertThat(lines()).last().isEqualTo("event=refused code=0");
    }

    @Test
    void everyLineCarriesTheMarker() {
        refuse("refused", RefusalLog.BURST + 1);
        refusals.warn(logger, "socketRefused", "limit=sockets");
        later.remove().run();
        assertThat(appender.list)
                .allSatisfy(event -> assertThat(event.getMarkerList()).containsExactly(RefusalLog.MARKER));
    }

    @Test
    void whatTheLevelHidesIsNotCounted() {
        logger.setLevel(Level.WARN);
        refuse("refused", 100);
        assertThat(refusals.omitted()).isZero();
        assertThat(later).isEmpty();
    }
}
