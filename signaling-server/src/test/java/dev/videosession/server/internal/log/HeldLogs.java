package dev.videosession.server.internal.log;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log whose appends wait until the test lets them go, and another writer of the same log. For one session. */
public final class HeldLogs implements SessionLogFactory {
    private final InMemorySessionLogs logs = new InMemorySessionLogs(1000);
    private final SessionLogFactory server = logs.newServer();
    private final RecordingListener rivalListener = new RecordingListener();
    private volatile boolean passing;
    private boolean shared;
    private volatile @Nullable Boolean failNext;
    private @Nullable SessionLog rival;
    private @Nullable Held held;

    /** Lets every step go at once from now on. */
    public HeldLogs pass() {
        passing = true;
        return this;
    }

    /** Makes steps wait again from now on. Callable on any thread. */
    public void hold() {
        passing = false;
    }

    /** Lets the waiting step go, and all later ones. Callable on any thread. */
    public void passAgain() {
        Held opened = held();
        opened.loop.execute(() -> {
            passing = true;
            if (opened.step != null) {
                opened.release();
            }
        });
    }

    /** Keeps what another server appends until the log is read again, as a log that several servers share may do. */
    public HeldLogs share() {
        shared = true;
        return this;
    }

    /** Makes the next step fail and the log recover, whether the step was written or not. Callable on any thread. */
    public void failNext(boolean written) {
        failNext = written;
    }

    /** Makes the next append throw. */
    public void throwNext() {
        held().throwing = true;
    }

    private Held held() {
        if (held == null) {
            throw new IllegalStateException("no log is open");
        }
        return held;
    }

    /** {@return the step that waits, or null if none does} */
    public @Nullable Append waiting() {
        return held().step;
    }

    /** {@return how many steps were appended so far, those that were refused included} */
    public int appends() {
        return held().appends;
    }

    /** Lets the waiting step go. */
    public void release() {
        held().release();
    }

    /** Makes the waiting step fail, and tells that the log works again. */
    public void fail(boolean written) {
        held().fail(written);
        held().listener.recovered();
    }

    /** Makes the waiting step fail. */
    public void failWithoutRecovery(boolean written) {
        held().fail(written);
    }

    /** Tells that the log works again. */
    public void recover() {
        held().listener.recovered();
    }

    /** Another server appends. */
    public void appendElsewhere(List<LoggedEvent> events) {
        elsewhere(step -> step.entry(events));
    }

    /** Another server becomes the owner of a connection. */
    public void takeOver(ConnectionRecord owner) {
        elsewhere(step -> step.record(new SideRecord.PutConnection(owner)));
    }

    private void elsewhere(Consumer<Append> content) {
        Append step = new Append();
        Position last = Position.START;
        for (Object report : rivalListener.reports) {
            last = report instanceof LogEntry entry ? entry.position() : report instanceof Position own ? own : last;
        }
        step.begin(last);
        content.accept(step);
        if (rival != null) {
            rival.append(step);
        }
    }

    @Override
    public boolean isShared() {
        return shared;
    }

    @Override
    public long epoch() {
        return server.epoch();
    }

    @Override
    public SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener) {
        Held opened = new Held(session, loop, listener);
        held = opened;
        rival = logs.newServer().open(session, Runnable::run, rivalListener);
        return opened;
    }

    /** Another server sends a message to a connection of this one. */
    public void arrive(ConnectionId to, ServerMessage message) {
        held().listener.message(to, message);
    }

    /** A message waits in the log for a connection of this server. */
    public void mailed(ConnectionId to) {
        held().listener.mailed(to, 1);
    }

    private final class Held extends ForwardingLog {
        private final Executor loop;
        private final Listener listener;
        private final SessionLog log;
        private final List<LogEntry> unread = new ArrayList<>(0);
        private @Nullable Append step;
        private boolean failing;
        private boolean throwing;
        private int appends;

        Held(SessionId session, Executor loop, Listener listener) {
            this.loop = loop;
            this.listener = listener;
            this.log = server.open(session, Runnable::run, this);
        }

        @Override
        SessionLog log() {
            return log;
        }

        @Override
        public void append(Append appended) {
            if (throwing) {
                throwing = false;
                throw new IllegalStateException("thrown by a test");
            }
            if (step != null) {
                throw new AssertionError("two appends are under way");
            }
            appends++;
            step = appended;
            Boolean failure = failNext;
            if (failure != null) {
                failNext = null;
                fail(failure);
                listener.recovered();
            } else if (passing) {
                release();
            }
        }

        private Append take() {
            Append taken = step;
            if (taken == null) {
                throw new AssertionError("no append is under way");
            }
            step = null;
            return taken;
        }

        void release() {
            log.append(take());
        }

        void fail(boolean written) {
            Append lost = take();
            List<List<LoggedEvent>> entries = List.copyOf(lost.entries());
            Position expected = lost.expected();
            if (written) {
                failing = true;
                log.append(lost);
                failing = false;
            }
            listener.failed(new IllegalStateException("the connection to the log was lost"));
            if (written) {
                long sequence = expected.sequence();
                for (List<LoggedEvent> events : entries) {
                    sequence += events.size();
                    listener.foreign(new LogEntry(new Position(sequence, nonce), events));
                }
            }
        }

        private long nonce;

        @Override
        public void done(Position last) {
            nonce = last.nonce();
            if (!failing) {
                listener.done(last);
            }
        }

        @Override
        public void conflict() {
            listener.conflict();
        }

        @Override
        public void fenced(Guard failed) {
            listener.fenced(failed);
        }

        @Override
        public void failed(Throwable cause) {
            listener.failed(cause);
        }

        @Override
        public void recovered() {
            listener.recovered();
        }

        @Override
        public void foreign(LogEntry entry) {
            if (shared) {
                unread.add(entry);
            } else {
                listener.foreign(entry);
            }
        }

        @Override
        public void sync(Runnable then) {
            log.sync(() -> {
                unread.forEach(listener::foreign);
                unread.clear();
                then.run();
            });
        }
    }
}
