package dev.videosession.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.TimeUnit;

/**
 * Hands log events to a thread of its own, so that a full disk or a pipe without a reader never stops the thread that
 * logs. {@value #CAPACITY} events wait at most; beyond that refusals are dropped first, then the oldest events. When the
 * sink takes lines again, one line says how many are missing:
 *
 * <pre>event=logDropped refusals=9631 events=0</pre>
 *
 * Thread-safe.
 */
final class AsyncAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
    static final int CAPACITY = 4096;
    private static final long STOP_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final LogQueue queue = new LogQueue(CAPACITY);
    private final Appender<ILoggingEvent> sink;
    private final Logger logger;
    private final Thread writer = new Thread(this::write, "log");
    private volatile LogQueue.Dropped reported = new LogQueue.Dropped(0, 0);

    /** The sink has been started; it is written to and stopped on the thread of this appender. */
    AsyncAppender(LoggerContext context, Appender<ILoggingEvent> sink) {
        setContext(context);
        this.sink = sink;
        this.logger = context.getLogger(AsyncAppender.class);
        writer.setDaemon(true);
    }

    @Override
    public void start() {
        super.start();
        writer.start();
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        queue.add(event);
    }

    private void write() {
        try {
            for (ILoggingEvent event = queue.take(); event != null; event = queue.take()) {
                reportDropped();
                sink.doAppend(event);
            }
            sink.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the wait in stop() was over
        }
    }

    private void reportDropped() {
        LogQueue.Dropped dropped = queue.dropped();
        LogQueue.Dropped fresh = dropped.minus(reported);
        reported = dropped;
        if (!fresh.isNone()) {
            Object[] counts = {fresh.refusals(), fresh.events()};
            sink.doAppend(new LoggingEvent(
                    AsyncAppender.class.getName(),
                    logger,
                    Level.WARN,
                    "event=logDropped refusals={} events={}",
                    null,
                    counts));
        }
    }

    /** How many events were dropped. */
    LogQueue.Dropped dropped() {
        return queue.dropped();
    }

    /**
     * Writes what is queued, but for at most a second: a sink that is blocked longer keeps the rest. Later events are
     * ignored.
     */
    @Override
    public void stop() {
        super.stop();
        queue.close();
        try {
            writer.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.interrupt();
    }

    /** {@return whether everything that was logged has been written} */
    boolean isDrained() {
        return !writer.isAlive();
    }
}
