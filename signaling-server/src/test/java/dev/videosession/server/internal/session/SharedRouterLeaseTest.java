package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.log.SessionRecords;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.RosterBounds;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.internal.state.LoggedState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SharedRouterLeaseTest {
    private static final SessionId SESSION = new SessionId("session");
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;
    private static final long OWN = 2;
    private static final long OTHER = 1;

    private final Queue<Consumer<Boolean>> fetches = new ArrayDeque<>();
    private final LoggedState state = new LoggedState();
    private final SharedRouterLease lease = new SharedRouterLease(
            SESSION, state, new SessionExecutor(SESSION, new DefaultEventLoop(), () -> {}), NodeDirectory.NONE);
    private Optional<ConnectionRecord> record = Optional.empty();

    SharedRouterLeaseTest() {
        ServerMetrics metrics = new ServerMetrics(new SimpleMeterRegistry());
        SessionEngine engine = new SessionEngine(
                SESSION,
                state,
                new SessionRules(10, 2, RosterBounds.NONE, false),
                metrics,
                (id, before, event) -> {},
                new HeldFetches(),
                Runnable::run,
                event -> {},
                effects -> {});
        lease.use(engine, RouterDriver.NONE);
    }

    @SuppressWarnings("unchecked")
    private static <T> T fake(Class<T> type, InvocationHandler calls) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls);
    }

    /** Logs without entries, whose records are read when the test says so. */
    private final class HeldFetches implements SessionLogFactory {
        @Override
        public long epoch() {
            return OWN;
        }

        @Override
        public boolean isShared() {
            return true;
        }

        @Override
        @SuppressWarnings("unchecked")
        public SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener) {
            SessionRecords records = fake(
                    SessionRecords.class,
                    (proxy, method, arguments) -> method.getName().equals("links") ? List.of() : record);
            return fake(SessionLog.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "epoch" -> OWN;
                case "isOpening" -> false;
                case "records" -> records;
                case "fetch" -> {
                    fetches.add((Consumer<Boolean>) arguments[2]);
                    yield null;
                }
                default -> throw new AssertionError(method.getName());
            });
        }
    }

    private void answer(long owner, long terms) {
        record = Optional.of(new ConnectionRecord(ROUTER, owner, terms));
        fetches.remove().accept(true);
    }

    @Test
    void serverThatIsChosenWhileItReadsTheLeaseReadsItAgain() {
        lease.require();
        lease.given();
        answer(OTHER, 1); // read before the lease was passed on
        assertThat(lease.isHeld()).isFalse();
        answer(OWN, 2);
        assertThat(lease.isHeld()).isTrue();
        assertThat(lease.term()).isEqualTo(2);
    }

    @Test
    void serverThatIsNotChosenReadsTheLeaseOnce() {
        lease.require();
        answer(OTHER, 1);
        assertThat(lease.isHeld()).isFalse();
        assertThat(fetches).isEmpty();
    }
}
