package dev.videosession.benchmark.micro;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.InMemorySessionLogs;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.state.LoggedEvent;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One event appended to the log in memory. */
@State(Scope.Thread)
public class LogAppendBenchmark {
    private static final int KEPT_EVENTS = 1024;

    private final LastPosition last = new LastPosition();
    private final SessionLog log =
            new InMemorySessionLogs(KEPT_EVENTS).newServer().open(new SessionId("2_benchmark"), Runnable::run, last);
    private final Append step = new Append();
    private final List<LoggedEvent> events = List.of(new LoggedEvent.Signal(
            new ConnectionId("0123456789abcdef0123456789abcdef"), "m", "0123456789abcdef".repeat(4)));

    /** For JMH. */
    public LogAppendBenchmark() {}

    /** {@return the position of the event} */
    @Benchmark
    public Position append() {
        step.begin(last.position());
        step.entry(events);
        log.append(step);
        return last.position();
    }
}
