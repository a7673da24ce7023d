package dev.videosession.app.bot;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines in the order in which they were handed over, each flushed, on a thread of its own, so that a slow reader
 * does not hold up the session. Lines that a reader leaves lying beyond {@link #CAPACITY} are lost, and the next line
 * that fits says how many. May be used from any thread.
 */
final class LineWriter implements AutoCloseable {
    static final int CAPACITY = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final Duration CLOSING_LIMIT = Duration.ofSeconds(2);
    private static final Line END = Line.of("end");

    private final PrintWriter out;
    private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong lost = new AtomicLong();
    private final Thread thread = new Thread(this::run, "bot-output");

    LineWriter(PrintWriter out) {
        this.out = out;
        thread.setDaemon(true);
        thread.start();
    }

    void write(Line line) {
        if (!queue.offer(line)) {
            lost.incrementAndGet();
        }
    }

    private void run() {
        try {
            for (Line next = queue.take(); next != END; next = queue.take()) {
                long missing = lost.getAndSet(0);
                if (missing > 0) {
                    print(Line.of("linesLost").with("count", missing));
                }
                print(next);
            }
        } catch (InterruptedException e) {
            LOG.debug("event=outputEnded unwrittenLines={}", queue.size());
        }
    }

    private void print(Line line) {
        out.print(line.json() + '\n');
        out.flush();
    }

    /** Writes what is left, unless the output has no reader. */
    @Override
    public void close() throws InterruptedException {
        if (queue.offer(END)) {
            thread.join(CLOSING_LIMIT.toMillis());
        }
        thread.interrupt();
    }
}
