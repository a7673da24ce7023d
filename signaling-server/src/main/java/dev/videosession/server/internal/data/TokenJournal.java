package dev.videosession.server.internal.data;

import dev.videosession.protocol.time.TimeSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link TokenRecord}s in a file of a {@link DataDirectory}. A thread of its own writes: all records that wait are
 * appended together, and one {@code fsync} follows before any of them counts as kept. So what {@link #append} has completed
 * survives a crash of the process and of the machine. The file is rewritten without ended tokens at the start, and whenever
 * it has doubled. At most {@value #CAPACITY} records wait; more are refused. Thread-safe.
 */
public final class TokenJournal implements TokenStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenJournal.class);
    private static final int CAPACITY = 65_536;
    private static final int BATCH = 4096;
    private static final long MIN_COMPACTION = 1024L * 1024;
    private static final long MAX_SIZE = 256L * 1024 * 1024;
    private static final long CLOSE_MILLIS = 2000;
    private static final long LOG_PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final DataDirectory directory;
    private final TimeSource time;
    private final Counter failures;
    private final List<TokenRecord> loaded;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread writer;
    private final JournalFile file;
    private long compactedSize;
    private @Nullable Long failureNanos;
    private volatile boolean closed;
    private volatile boolean ended; // the writer takes no more records

    private record Pending(TokenRecord record, CompletableFuture<Void> kept) {}

    private TokenJournal(DataDirectory directory, JournalFile.Opened opened, TimeSource time, MeterRegistry meters) {
        this.directory = directory;
        this.time = time;
        this.loaded = opened.records();
        this.file = opened.file();
        this.compactedSize = file.size();
        this.failures = Counter.builder("videosession.journal.failures")
                .description("records about tokens that could not be written to the data directory")
                .register(meters);
        this.writer = new Thread(this::run, "token-journal");
        writer.setDaemon(true);
    }

    /**
     * Opens the journal of a directory.
     *
     * @param directory where it is, closed with the journal
     * @param time decides which tokens have ended
     * @param meters where failures are counted
     * @return the journal, with what is in it
     * @throws IOException if it is damaged or cannot be read or written; the message names the file
     */
    public static TokenJournal open(DataDirectory directory, TimeSource time, MeterRegistry meters) throws IOException {
        JournalFile.Opened opened = JournalFile.open(directory, time.instant().getEpochSecond());
        TokenJournal journal = new TokenJournal(directory, opened, time, meters);
        journal.writer.start();
        return journal;
    }

    @Override
    public List<TokenRecord> loaded() {
        return loaded;
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public CompletableFuture<Void> append(TokenRecord record) {
        Pending pending = new Pending(record, new CompletableFuture<>());
        if (closed || !queue.offer(pending)) {
            failures.increment();
            String why = closed ? "the server stops" : "the data directory is too slow: too many records wait for it";
            pending.kept.completeExceptionally(new IOException(why));
        } else if (ended) { // after the writer looked for the last time
            failWaiting();
        }
        return pending.kept;
    }

    private void run() {
        try {
            writeUntilClosed();
        } finally { // also if an Error ends this thread: nothing that waits is kept
            closed = true;
            ended = true;
            failWaiting();
            closeQuietly();
        }
    }

    private void failWaiting() {
        List<Pending> waiting = new ArrayList<>();
        queue.drainTo(waiting);
        failures.increment(waiting.size());
        waiting.forEach(pending -> pending.kept.completeExceptionally(new IOException("the server stops")));
    }

    private void writeUntilClosed() {
        List<Pending> batch = new ArrayList<>();
        while (!closed || !queue.isEmpty()) {
            try {
                Pending first = queue.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private void write(List<Pending> batch) {
        try {
            if (file.size() > Math.max(MIN_COMPACTION, 2 * compactedSize)) {
                file.compact(time.instant().getEpochSecond());
                compactedSize = file.size();
            }
            if (file.size() > MAX_SIZE) {
                throw new IOException("the journal has reached its longest size of " + MAX_SIZE + " bytes");
            }
            file.append(batch.stream().map(Pending::record).toList());
            batch.forEach(pending -> pending.kept.complete(null));
        } catch (IOException | RuntimeException e) {
            failures.increment(batch.size());
            if (failureNanos == null || time.nanos() - failureNanos > LOG_PERIOD_NANOS) {
                failureNanos = time.nanos();
                LOG.error(
                        "event=journalFailed records={} advice=\"bans and used REST tokens are forgotten at a"
                                + " restart\"",
                        batch.size(),
                        e);
            }
            batch.forEach(pending -> pending.kept.completeExceptionally(e));
        }
    }

    private void closeQuietly() {
        try {
            file.close();
            directory.close();
        } catch (IOException e) {
            LOG.warn("event=journalNotClosed reason=\"{}\"", e.getMessage());
        }
    }

    /** Writes what waits and unlocks the directory. Waits up to two seconds for a slow disk. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
