package dev.videosession.server.internal.log;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * Logs that do everything a log may do: outcomes and entries of another writer arrive late, appends fail, written or not, and a
 * rival appends signals, so that conflicts happen. What they do follows from a random number generator. For use on one thread.
 */
public final class DelayedLogs implements SessionLogFactory {
    private final InMemorySessionLogs logs;
    private final SessionLogFactory server;
    private final SessionLogFactory rival;
    private final Random random;
    private final Settings settings;
    private final Timer timer;
    private int conflicts;
    private int failures;

    /** Runs a task later, on the thread of the logs. */
    @FunctionalInterface
    public interface Timer {
        /**
         * Schedules a task.
         *
         * @param task the task
         * @param millis how much later, in milliseconds
         */
        void schedule(Runnable task, long millis);
    }

    /**
     * How bad it is.
     *
     * @param longestDelayMillis of an outcome, in milliseconds
     * @param longestOutageMillis between a failure and the recovery, in milliseconds
     * @param rivalOneIn one of so many appends meets an entry of the rival; 0 for none
     * @param failOneIn one of so many appends fails; 0 for none
     */
    public record Settings(int longestDelayMillis, int longestOutageMillis, int rivalOneIn, int failOneIn) {}

    public DelayedLogs(InMemorySessionLogs logs, Random random, Settings settings, Timer timer) {
        this.logs = logs;
        this.server = logs.newServer();
        this.rival = logs.newServer();
        this.random = random;
        this.settings = settings;
        this.timer = timer;
    }

    /** {@return how many appends ended in a conflict} */
    public int conflicts() {
        return conflicts;
    }

    /** {@return how many appends failed} */
    public int failures() {
        return failures;
    }

    @Override
    public long epoch() {
        return server.epoch();
    }

    @Override
    public SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener) {
        return new Delayed(session, loop, listener);
    }

    private boolean chance(int oneIn) {
        return oneIn > 0 && random.nextInt(oneIn) == 0;
    }

    /** Appends signals when the server does not expect it. */
    private final class Rival extends RecordingListener {
        private final SessionLog log;
        private final Append step = new Append();
        private Position last = Position.START;

        Rival(SessionId session) {
            log = rival.open(session, Runnable::run, this);
        }

        void signal() {
            step.begin(last);
            step.entry(List.of(new LoggedEvent.Signal(null, "chat", "rival" + Long.toHexString(random.nextLong()))));
            log.append(step);
        }

        @Override
        public void done(Position position) {
            last = position;
        }

        @Override
        public void foreign(LogEntry entry) {
            last = entry.position();
        }

        @Override
        public void conflict() {
            throw new AssertionError("the rival sees every entry at once");
        }

        @Override
        public void fenced(Guard failed) {
            throw new AssertionError("the rival guards nothing");
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }
    }

    /** The server's view. Gets the reports of the real log at once and passes them on late, in order. */
    private final class Delayed extends ForwardingLog {
        private final Executor loop;
        private final Listener listener;
        private final SessionLog log;
        private final Rival other;
        private final EventHistory history = logs.newHistory();
        private final Deque<Runnable> reports = new ArrayDeque<>();
        private Append step = new Append();
        private boolean reporting;
        private boolean written;
        private boolean underWay;
        private boolean recovering;
        private boolean closed;

        Delayed(SessionId session, Executor loop, Listener listener) {
            this.loop = loop;
            this.listener = listener;
            this.log = server.open(session, Runnable::run, this);
            this.other = new Rival(session);
        }

        private void later(int longestMillis, Runnable task) {
            int millis = longestMillis == 0 ? 0 : random.nextInt(longestMillis + 1);
            timer.schedule(
                    () -> loop.execute(() -> {
                        if (!closed) {
                            task.run();
                        }
                    }),
                    millis);
        }

        @Override
        SessionLog log() {
            return log;
        }

        @Override
        public void append(Append appended) {
            if (underWay || recovering) {
                throw new AssertionError("an append, or a recovery, is under way");
            }
            underWay = true;
            step = appended;
            later(settings.longestDelayMillis(), this::append);
        }

        private void append() {
            if (chance(settings.rivalOneIn())) {
                other.signal();
            }
            if (!chance(settings.failOneIn())) {
                log.append(step);
                return;
            }
            failures++;
            recovering = true;
            written = random.nextBoolean();
            outcome(() -> listener.failed(new IllegalStateException("the connection to the log was lost")));
            if (written) {
                log.append(step);
            }
            written = false;
            later(
                    settings.longestOutageMillis(),
                    () -> report(() -> {
                        recovering = false;
                        listener.recovered();
                    }));
        }

        private void report(Runnable report) {
            reports.add(report);
            if (!reporting) {
                reporting = true;
                next();
            }
        }

        private void next() {
            later(settings.longestDelayMillis(), () -> {
                Runnable report = reports.remove();
                if (reports.isEmpty()) {
                    reporting = false;
                } else {
                    next();
                }
                report.run();
            });
        }

        private void outcome(Runnable report) {
            report(() -> {
                underWay = false;
                report.run();
            });
        }

        @Override
        public void done(Position last) {
            List<List<LoggedEvent>> entries = List.copyOf(step.entries());
            if (!written) {
                outcome(() -> {
                    entries.forEach(history::add);
                    listener.done(last);
                });
                return;
            }
            long sequence = step.expected().sequence();
            for (List<LoggedEvent> events : entries) {
                sequence += events.size();
                foreign(new LogEntry(new Position(sequence, last.nonce()), events));
            }
        }

        @Override
        public void conflict() {
            if (!written) {
                conflicts++;
                outcome(listener::conflict);
            }
        }

        @Override
        public void fenced(Guard failed) {
            if (!written) {
                outcome(() -> listener.fenced(failed));
            }
        }

        @Override
        public void failed(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void recovered() {
            throw new AssertionError("a log in memory does not fail");
        }

        @Override
        public void foreign(LogEntry entry) {
            report(() -> {
                history.add(entry.events());
                listener.foreign(entry);
            });
        }

        @Override
        public Optional<List<LoggedEvent>> read(long after) {
            return history.read(after);
        }

        @Override
        public long heldBytes() {
            return history.heldBytes();
        }

        @Override
        public void shorten() {
            history.shorten();
        }

        @Override
        public void close() {
            closed = true;
            log.close();
            other.log.close();
        }
    }
}
