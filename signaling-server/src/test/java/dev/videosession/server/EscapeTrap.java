package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * Catches what must not happen while a server is maltreated: errors and warnings in the log, which is where exceptions end
 * that nobody caught, threads that die, buffers that are not released, and memory that grows.
 */
final class EscapeTrap extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final Logger OWN = (Logger) LoggerFactory.getLogger("dev.videosession.server");
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("fuzz");
    private static final long GROWTH = 24L * 1024 * 1024;
    /** Of sockets that are refused, and of a machine that permits few; says nothing about the server's state. */
    private static final List<String> EXPECTED =
            List.of("event=socketRefused", "event=socketEvicted", "event=socketsLowered");

    private final Queue<String> escaped = new ConcurrentLinkedQueue<>();
    private final UncaughtExceptionHandler handlerBefore = Thread.getDefaultUncaughtExceptionHandler();
    private final ResourceLeakDetector.Level levelBefore = ResourceLeakDetector.getLevel();
    private final Level logBefore = OWN.getLevel();
    private final long buffersBefore = activeBuffers();
    private long heapBefore;
    private long directBefore;

    EscapeTrap() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> escaped.add(thread + " died of " + e));
        OWN.setLevel(Level.WARN); // thousands of refusals are no news
        setContext(ROOT.getLoggerContext());
        start();
        ROOT.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)
                && EXPECTED.stream().noneMatch(event.getFormattedMessage()::startsWith)
                && !event.getLoggerName().startsWith("okhttp")) {
            String cause = event.getThrowableProxy() == null
                    ? ""
                    : " " + event.getThrowableProxy().getClassName() + ": "
                            + event.getThrowableProxy().getMessage() + " at "
                            + Stream.of(event.getThrowableProxy().getStackTraceElementProxyArray())
                                    .limit(8)
                                    .toList();
            escaped.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + cause);
        }
    }

    void assertNothingEscaped() {
        assertThat(escaped.stream().distinct().limit(5)).isEmpty();
    }

    /** From here on memory must not grow: what is loaded once, and pools that are filled once, are behind us. */
    void markMemory() {
        heapBefore = heap();
        directBefore = direct();
    }

    void assertMemoryIsBounded() {
        long heap = heap() - heapBefore;
        long direct = direct() - directBefore;
        LOG.info("event=memoryAfterRounds heapGrowth={} directGrowth={}", heap, direct);
        assertThat(heap).as("growth of the heap").isLessThan(GROWTH);
        assertThat(direct).as("growth of direct memory").isLessThan(GROWTH);
    }

    /** To be called when the server's threads have ended, for they keep buffers for themselves. */
    void assertBuffersAreBack() {
        Awaitility.await("all buffers back in the pool")
                .atMost(5, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(activeBuffers()).isLessThanOrEqualTo(buffersBefore));
        for (int i = 0; i < 3; i++) {
            collectGarbage();
            // a leak is reported when the next buffer is made
            Stream.generate(() -> ByteBufAllocator.DEFAULT.directBuffer(64))
                    .limit(64)
                    .forEach(b -> b.release());
            Stream.generate(() -> PooledByteBufAllocator.DEFAULT.directBuffer(64))
                    .limit(64)
                    .forEach(b -> b.release());
        }
        assertNothingEscaped();
    }

    private static long activeBuffers() {
        return Stream.of(
                        PooledByteBufAllocator.DEFAULT.metric().directArenas(),
                        PooledByteBufAllocator.DEFAULT.metric().heapArenas())
                .flatMap(List::stream)
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }

    private static long direct() {
        return PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()
                + ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                        .metric()
                        .usedDirectMemory();
    }

    static long heap() {
        collectGarbage();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void collectGarbage() {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        while (canary.get() != null) {
            System.gc();
        }
    }

    @Override
    public void close() {
        ROOT.detachAppender(this);
        OWN.setLevel(logBefore);
        ResourceLeakDetector.setLevel(levelBefore);
        Thread.setDefaultUncaughtExceptionHandler(handlerBefore);
        stop();
    }
}
