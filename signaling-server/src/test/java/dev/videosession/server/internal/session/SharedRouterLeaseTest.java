package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.log.Append;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.Position;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.log.SessionRecords;
import dev.videosession.server.internal.log.SideRecord;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.rules.RosterBounds;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.internal.state.Link;
import dev.videosession.server.internal.state.LoggedState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedRouterLeaseTest {
    private static final SessionId SESSION = new SessionId("session");
    private static final ConnectionId ROUTER = ServerMessage.LinkOpened.ROUTER;
    private static final long OWN = 2;
    private static final long OTHER = 1;
    private static final long THIRD = 3;
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final ConnectionId BOB = new ConnectionId("bob");
    private static final ConnectionId EVE = new ConnectionId("eve");

    private final Queue<Consumer<Boolean>> fetches = new ArrayDeque<>();
    private final Queue<Consumer<Map<ConnectionId, Long>>> questions = new ArrayDeque<>();
    private final List<SideRecord> written = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private final Set<Long> ready = new HashSet<>();
    private final LoggedState state = new LoggedState();
    private final SharedRouterLease lease = new SharedRouterLease(
            SESSION, state, new SessionExecutor(SESSION, new DefaultEventLoop(), () -> {}), new ReadyNodes());
    private Optional<ConnectionRecord> record = Optional.empty();
    private boolean repliesAreLost;
    private Runnable outcome = () -> {};

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
        lease.use(engine, fake(RouterDriver.class, (proxy, method, arguments) -> {
            if (method.getName().equals("read")) {
                return new NothingRecorded();
            }
            calls.add(method.getName());
            return null;
        }));
    }

    private static final class NothingRecorded implements RouterDriver.Reading {
        @Override
        public boolean drive(List<Link> recorded, Collection<StreamInfo> streams, boolean drops) {
            return false;
        }

        @Override
        public void close() {}
    }

    private final class ReadyNodes implements NodeDirectory {
        @Override
        public @Nullable List<String> addresses() {
            return null;
        }

        @Override
        public boolean isReady(long epoch) {
            return ready.contains(epoch);
        }
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
                case "owners" -> {
                    questions.add((Consumer<Map<ConnectionId, Long>>) arguments[0]);
                    yield null;
                }
                case "append" -> {
                    written.addAll(((Append) arguments[0]).records());
                    if (repliesAreLost) {
                        outcome = () -> {
                            listener.failed(new IllegalStateException("the reply is lost"));
                            listener.recovered();
                        };
                    } else {
                        listener.done(Position.START);
                    }
                    yield null;
                }
                case "isSnapshotDue" -> false;
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

    private void handOver() {
        lease.given();
        answer(OWN, 1);
        lease.handOver(() -> calls.add("handedOver"));
        assertThat(calls).isEmpty();
    }

    @Test
    void leasePassesToTheReadyServerWithTheMostConnections() {
        ready.addAll(List.of(OTHER, THIRD));
        handOver();
        questions.remove().accept(Map.of(ADA, THIRD, BOB, OTHER, EVE, THIRD));
        assertThat(written).containsExactly(new SideRecord.PutConnection(new ConnectionRecord(ROUTER, THIRD, 2)));
        assertThat(calls).containsExactly("passOn", "handedOver");
        assertThat(lease.isHeld()).isFalse();
    }

    @Test
    void leaseThatNoServerCanTakeIsPassedOnWhenOneTakesAConnectionOver() {
        handOver();
        questions.remove().accept(Map.of(ADA, OWN, BOB, OTHER));
        assertThat(calls).as("the server stops without waiting").containsExactly("handedOver");
        assertThat(lease.isHeld()).isTrue();
        ready.add(OTHER);
        lease.connectionReleased();
        questions.remove().accept(Map.of(ADA, OTHER, BOB, OTHER));
        assertThat(calls).containsExactly("handedOver", "passOn");
        assertThat(lease.isHeld()).isFalse();
        lease.connectionReleased();
        assertThat(questions).as("it has no lease to pass on").isEmpty();
    }

    /** The router of this server would stop before that of the other one forwards. */
    @Test
    void leaseThatWasPassedOnAlthoughTheReplyIsLostIsNotTakenForOneThatWasLost() {
        ready.add(OTHER);
        repliesAreLost = true;
        handOver();
        fetches.clear(); // of the links
        questions.remove().accept(Map.of(BOB, OTHER));
        outcome.run();
        answer(OTHER, 2);
        assertThat(calls).containsExactly("passOn", "handedOver");
        assertThat(written).hasSize(1);
    }

    @Test
    void leaseIsPassedOnAgainIfTheFirstAttemptWasNotWritten() {
        ready.add(OTHER);
        repliesAreLost = true;
        handOver();
        fetches.clear(); // of the links
        questions.remove().accept(Map.of(BOB, OTHER));
        outcome.run();
        repliesAreLost = false;
        answer(OWN, 1);
        assertThat(calls).containsExactly("passOn", "handedOver");
        assertThat(written).hasSize(2);
    }
}
