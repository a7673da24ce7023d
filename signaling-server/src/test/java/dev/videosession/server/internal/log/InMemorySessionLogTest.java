package dev.videosession.server.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.state.LoggedEvent;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySessionLogTest extends SessionLogContract {
    private static final SessionId OTHER = new SessionId("other");
    private static final LoggedEvent SHORT = new LoggedEvent.Signal(null, "a", null);
    private static final LoggedEvent LONG = new LoggedEvent.Signal(null, "b", "x".repeat(60));

    private static final int WARM_UP = 20_000;
    private static final int APPENDS = 20_000;
    private static final long POSITION_BYTES = 40;

    private Position last = Position.START;
    private final InMemorySessionLogs logs = new InMemorySessionLogs(10_000);

    @Override
    protected boolean encodes() {
        return false;
    }

    @Override
    protected SessionLogFactory newServer() {
        return logs.newServer();
    }

    @Test
    void historyIsBoundedByNumberAndText() {
        EventHistory history = new EventHistory(3, 100);
        history.add(List.of(SHORT, SHORT, SHORT, SHORT));
        assertThat(history.read(0)).isEmpty();
        assertThat(history.read(1).orElseThrow()).hasSize(3);
        history.add(List.of(LONG, LONG));
        assertThat(history.read(4)).isEmpty();
        assertThat(history.read(5)).contains(List.of(LONG));
        assertThat(history.read(6)).contains(List.of());
        assertThat(history.read(7)).isEmpty();
        assertThat(history.heldBytes()).isEqualTo(260);
    }

    @Test
    void shortenedHistoryKeepsTheNewerHalf() {
        EventHistory history = new EventHistory(10, 1000);
        history.add(List.of(LONG, LONG, SHORT, LONG));
        history.shorten();
        assertThat(history.read(1)).isEmpty();
        assertThat(history.read(2)).contains(List.of(SHORT, LONG));
        assertThat(history.heldBytes()).isEqualTo(460);
        history.shorten();
        history.shorten();
        assertThat(history.read(3)).contains(List.of(LONG));
    }

    /** A record of the new position, and nothing for the outcome. */
    @Test
    void appendAllocatesOnlyAPosition() {
        SessionLog log = logs.newServer().open(OTHER, Runnable::run, new Uninterested());
        Append step = new Append();
        List<LoggedEvent> events = List.of(SHORT);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = 0;
        for (int i = 0; i < WARM_UP + APPENDS; i++) {
            if (i == WARM_UP) {
                start = threads.getCurrentThreadAllocatedBytes();
            }
            step.begin(i == 0 ? Position.START : last);
            step.entry(events);
            log.append(step);
        }
        long each = (threads.getCurrentThreadAllocatedBytes() - start) / APPENDS;
        assertThat(each).isLessThanOrEqualTo(POSITION_BYTES);
        log.close();
    }

    @Test
    void lastWriterThatClosesEndsTheLog() {
        RecordingListener listener = new RecordingListener();
        SessionLog log = logs.newServer().open(OTHER, Runnable::run, listener);
        Append step = new Append();
        step.begin(Position.START);
        step.entry(List.of(SHORT));
        log.append(step);
        assertThatThrownBy(() -> logs.newServer().open(OTHER, Runnable::run, new RecordingListener()))
                .isInstanceOf(IllegalStateException.class);
        log.close();
        SessionLog next = logs.newServer().open(OTHER, Runnable::run, new RecordingListener());
        assertThat(next.read(0)).contains(List.of());
        next.close();
    }

    /** Keeps the last position. */
    private final class Uninterested extends RecordingListener {
        @Override
        public void done(Position position) {
            last = position;
        }
    }
}
