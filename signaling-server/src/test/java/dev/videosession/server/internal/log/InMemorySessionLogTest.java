package dev.videosession.server.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.server.internal.log.SessionLog.Append;
import dev.videosession.server.internal.log.SessionLog.Entry;
import dev.videosession.server.internal.state.SessionEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemorySessionLogTest {
    private static final SessionEvent A = new SessionEvent.Signal(null, "a", null);
    private static final SessionEvent B = new SessionEvent.Signal(null, "b", "x".repeat(60));

    private final SessionLog log = new InMemorySessionLog(3, 100);

    @Test
    void appendCountsAndRefusesAWriterWhoMissedSomething() {
        assertThat(log.append(0, List.of(A, B))).isEqualTo(new Append.Done(2));
        assertThat(log.append(1, List.of(A))).isEqualTo(new Append.Conflict(2));
        assertThat(log.append(SessionLog.ANY, List.of(A))).isEqualTo(new Append.Done(3));
        assertThat(log.read(1)).contains(List.of(new Entry(2, B), new Entry(3, A)));
        assertThat(log.read(3)).contains(List.of());
        assertThat(log.read(4)).isEmpty();
    }

    @Test
    void historyIsBoundedByNumberAndText() {
        log.append(0, List.of(A, A, A, A));
        assertThat(log.read(0)).isEmpty();
        assertThat(log.read(1).orElseThrow()).hasSize(3);
        log.append(4, List.of(B, B));
        assertThat(log.read(4)).isEmpty();
        assertThat(log.read(5).orElseThrow()).hasSize(1);
    }

    @Test
    void tailSeesOldAndNewUntilClosed() throws Exception {
        List<Long> seen = new ArrayList<>();
        log.append(0, List.of(A));
        AutoCloseable tail = log.tail(0, entry -> seen.add(entry.sequence()));
        log.append(1, List.of(A));
        tail.close();
        log.append(2, List.of(A));
        assertThat(seen).containsExactly(1L, 2L);
        assertThatThrownBy(() -> log.tail(9, entry -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
