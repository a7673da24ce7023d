package dev.videosession.server.internal.redis.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that has lost its connection reads its logs again, a few at a time. */
@Timeout(60)
class CatchUpsTest {
    private static final int LOGS = 1000;

    private final CatchUps catchUps = new CatchUps();
    private final Queue<Runnable> underWay = new ArrayDeque<>();
    private final List<FakeLog> logs =
            IntStream.range(0, LOGS).mapToObj(i -> new FakeLog()).toList();

    private final class FakeLog implements CatchUps.Log {
        private int begun;
        private Runnable end = () -> {};

        @Override
        public void catchUp(Runnable then) {
            begun++;
            end = then;
            underWay.add(then);
        }
    }

    private List<Integer> counts() {
        return logs.stream().map(log -> log.begun).distinct().toList();
    }

    private void endAll() {
        while (!underWay.isEmpty()) {
            assertThat(underWay).hasSizeLessThanOrEqualTo(CatchUps.AT_ONCE);
            underWay.remove().run();
        }
    }

    @Test
    void logsThatWaitForTheirTurnHaveOneTurnHoweverOftenTheyAreRequested() {
        catchUps.request(logs);
        catchUps.request(logs);
        assertThat(underWay).hasSize(CatchUps.AT_ONCE);
        endAll();
        assertThat(logs.stream().filter(log -> log.begun == 1)).hasSize(LOGS - CatchUps.AT_ONCE);
        assertThat(logs.stream().filter(log -> log.begun == 2))
                .as("those that had begun do it once more")
                .hasSize(CatchUps.AT_ONCE);
    }

    @Test
    void logsThatWereNotReadWhenRedisWasLostAreReadWhenItIsBack() {
        catchUps.request(logs);
        catchUps.cancel();
        endAll();
        assertThat(logs.stream().filter(log -> log.begun == 0)).hasSize(LOGS - CatchUps.AT_ONCE);
        catchUps.request(logs);
        endAll();
        assertThat(counts()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void closedLogDelaysNoOther() {
        catchUps.request(logs);
        List<FakeLog> closed = logs.stream()
                .filter(log -> log.begun > 0)
                .limit(CatchUps.AT_ONCE)
                .toList();
        underWay.clear();
        closed.forEach(catchUps::closed);
        endAll();
        closed.forEach(log -> log.end.run());
        assertThat(counts()).containsExactly(1);
    }

    @Test
    void serverThatReconnectsReadsEachLogOnceAndFewAtATime() {
        VirtualServers servers = new VirtualServers();
        VirtualServers.Server server = servers.new Server(new ConnectionId("ada"), (to, message) -> {});
        for (int i = 1; i < LOGS; i++) {
            server.open(new SessionId("session-" + i));
        }
        servers.pass(10_000);
        server.missed = 0;
        server.link.takeMostUnderWay();
        List<Integer> most = new ArrayList<>();
        server.link.lose();
        for (int second = 0; second < 30; second++) {
            servers.pass(1000);
            most.add(server.link.takeMostUnderWay());
        }
        assertThat(most).allSatisfy(requests -> assertThat(requests).isLessThanOrEqualTo(3 * CatchUps.AT_ONCE));
        assertThat(server.missed).isBetween(LOGS, LOGS + CatchUps.AT_ONCE);
        servers.pass(60_000);
        assertThat(server.missed).as("not again").isBetween(LOGS, LOGS + CatchUps.AT_ONCE);
    }
}
