package dev.videosession.server.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.ConnectionInfo;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.address.ClientAddress;
import dev.videosession.server.internal.connection.ClientConnection;
import dev.videosession.server.internal.effect.LocalConnections;
import dev.videosession.server.internal.effect.MessageEncoder;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionEngine;
import dev.videosession.server.internal.engine.SessionExecutor;
import dev.videosession.server.internal.limit.MessageThrottle;
import dev.videosession.server.internal.link.RouterDriver;
import dev.videosession.server.internal.log.ConnectionRecord;
import dev.videosession.server.internal.log.HeldLogs;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.Deliveries;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.presence.Orphans;
import dev.videosession.server.internal.rules.RosterBounds;
import dev.videosession.server.internal.rules.SessionRules;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import dev.videosession.server.internal.state.TokenPass;
import dev.videosession.server.settings.ServerLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CopyLifetimeTest {
    private static final ConnectionId ADA = new ConnectionId("ada");
    private static final long RESUME_WINDOW_MILLIS = 10_000;
    private static final long OTHER_EPOCH = 7;
    /** The token of this client expires two hours after the test begins. */
    private static final TokenPass TOKEN = new TokenPass("ada", 2 * 3600);

    private final MockTicker ticker = Ticker.newMockTicker();
    private final TimeSource time = TimeSource.of(ticker::nanoTime, () -> Instant.EPOCH.plusNanos(ticker.nanoTime()));
    private final EmbeddedChannel channel = EmbeddedChannel.builder()
            .ticker(ticker)
            .handlers(new ChannelInboundHandlerAdapter())
            .build();
    private final HeldLogs logs = new HeldLogs();
    private final LoggedState state = new LoggedState();
    private final Driver router = new Driver();
    private boolean leaseUnknown;
    /** The answer after the last task of the session's loop; null before the first. */
    private @Nullable Boolean ended;

    private static final class Driver implements RouterDriver {
        private boolean driving;
        private boolean passingOn;

        @Override
        public boolean isDriving() {
            return driving;
        }

        @Override
        public Reading read() {
            throw new AssertionError("the router is not driven");
        }

        @Override
        public void release() {}

        @Override
        public void passOn() {}

        @Override
        public boolean isPassingOn() {
            return passingOn;
        }
    }

    /** The parts of a copy that decide about its end. */
    private final class Copy {
        private final SessionExecutor loop =
                new SessionExecutor(new SessionId("session"), channel.eventLoop(), () -> ask());
        private final LocalConnections connections;
        private final SessionEngine engine;
        private final Orphans orphans;
        private final CopyLifetime lifetime;

        Copy() {
            MessageEncoder encoder = new MessageEncoder(new MessageCodec());
            ServerMetrics metrics = new ServerMetrics(new SimpleMeterRegistry());
            connections = new LocalConnections(
                    encoder, new Deliveries(metrics, time), new MemoryBudget(Long.MAX_VALUE, () -> 0), (id, has) -> {});
            engine = new SessionEngine(
                    new SessionId("session"),
                    state,
                    new SessionRules(10, 10, RosterBounds.NONE, false),
                    metrics,
                    (id, before, event) -> {},
                    logs,
                    loop,
                    event -> {},
                    effects -> {});
            orphans = new Orphans(engine, loop, connections, NodeDirectory.NONE, RESUME_WINDOW_MILLIS);
            lifetime = new CopyLifetime(loop, time, state, engine, connections, orphans, router, () -> leaseUnknown);
            loop.start();
        }

        private void ask() {
            ended = lifetime.mayEnd();
        }
    }

    private CopyLifetime alone() {
        return open().lifetime;
    }

    private CopyLifetime shared() {
        logs.share();
        return open().lifetime;
    }

    private Copy open() {
        return new Copy();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void join() {
        state.apply(new LoggedEvent.ConnectionCreated(new ConnectionInfo(ADA, 0, "", Role.PUBLISHER), TOKEN));
    }

    private void leave(@Nullable TokenPass banned) {
        state.apply(new LoggedEvent.ConnectionDestroyed(
                ADA, DisconnectReason.FORCE_DISCONNECTED, DisconnectDetail.KICKED, null, banned));
    }

    /** Lets time pass, and forgets the earlier answers of the loop. */
    private void pass(long time, TimeUnit unit) {
        ended = null;
        ticker.advance(time, unit);
        channel.runScheduledPendingTasks();
    }

    @Test
    void sessionOfOneServerEndsWhenItIsEmpty() {
        CopyLifetime lifetime = alone();
        join();
        assertThat(lifetime.mayEnd()).isFalse();
        leave(null);
        assertThat(lifetime.mayEnd()).isTrue();
        assertThat(lifetime.isNeeded()).isFalse();
    }

    @Test
    void sessionOfOneServerLastsUntilItsBannedTokensHaveExpired() {
        CopyLifetime lifetime = alone();
        join();
        leave(TOKEN);
        assertThat(lifetime.mayEnd()).isFalse();
        pass(1, TimeUnit.HOURS);
        assertThat(ended).isFalse();
        pass(1, TimeUnit.HOURS);
        assertThat(ended).isTrue();
    }

    @Test
    void emptyCopyOfASharedSessionLastsTwoSeconds() {
        CopyLifetime lifetime = shared();
        assertThat(lifetime.mayEnd()).isFalse();
        pass(1999, TimeUnit.MILLISECONDS);
        assertThat(ended).as("nothing happens before its time").isNull();
        assertThat(lifetime.isNeeded()).isTrue();
        pass(1, TimeUnit.MILLISECONDS);
        assertThat(ended).isTrue();
        assertThat(lifetime.isNeeded()).isFalse();
    }

    @Test
    void copyOfASessionWithConnectionsElsewhereLastsThirtySecondsAfterItsLastUse() {
        CopyLifetime lifetime = shared();
        join();
        assertThat(lifetime.mayEnd()).isFalse();
        pass(20, TimeUnit.SECONDS);
        lifetime.use();
        pass(10, TimeUnit.SECONDS);
        assertThat(ended).isFalse();
        pass(20, TimeUnit.SECONDS);
        assertThat(ended).isTrue();
    }

    @Test
    void copyIsNeededWhileAClientJoins() {
        CopyLifetime lifetime = alone();
        lifetime.retain();
        lifetime.retain();
        lifetime.joined();
        assertThat(lifetime.isNeeded()).isTrue();
        lifetime.joined();
        assertThat(lifetime.isNeeded()).isFalse();
    }

    @Test
    void copyThatHasEndedDoesNotEndAgain() {
        CopyLifetime lifetime = alone();
        lifetime.end();
        assertThat(lifetime.hasEnded()).isTrue();
        assertThat(lifetime.mayEnd()).isFalse();
    }

    /** Starts a copy that would end now, but for what a test adds. */
    private Copy outOfUse() {
        logs.share();
        Copy opened = open();
        join();
        pass(1, TimeUnit.MINUTES);
        assertThat(opened.lifetime.mayEnd()).isTrue();
        return opened;
    }

    @Test
    void copyLastsAsLongAsItHasAConnection() throws Exception {
        Copy opened = outOfUse();
        opened.connections.add(new ClientConnection(
                new ConnectionInfo(ADA, 0, "", Role.PUBLISHER),
                TOKEN,
                true,
                null,
                new MessageThrottle(ServerLimits.builder().build(), time.nanos()),
                new ClientAddress(InetAddress.getLoopbackAddress(), 1)));
        assertThat(opened.lifetime.mayEnd()).isFalse();
    }

    @Test
    void copyLastsAsLongAsItWatchesTheConnectionsOfADeadServer() {
        Copy opened = outOfUse();
        logs.takeOver(new ConnectionRecord(ADA, OTHER_EPOCH, 0));
        logs.pass();
        opened.orphans.loseConnectionsOf(OTHER_EPOCH);
        channel.runPendingTasks();
        assertThat(opened.engine.isIdle()).isTrue();
        assertThat(opened.lifetime.mayEnd()).isFalse();
        pass(RESUME_WINDOW_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(state.connectionCount()).isZero();
        assertThat(opened.lifetime.mayEnd()).isTrue();
    }

    @Test
    void copyLastsUntilItsAppendHasItsOutcome() {
        Copy opened = open();
        join();
        logs.takeOver(new ConnectionRecord(ADA, OTHER_EPOCH, 0));
        opened.orphans.loseConnectionsOf(OTHER_EPOCH);
        leave(null);
        assertThat(opened.engine.isIdle()).isFalse();
        assertThat(opened.lifetime.mayEnd()).isFalse();
    }

    @Test
    void copyThatDrivesTheRouterLastsAsLongAsTheSessionHasConnections() {
        Copy opened = outOfUse();
        router.driving = true;
        assertThat(opened.lifetime.mayEnd()).isFalse();
        leave(null);
        assertThat(opened.lifetime.mayEnd()).isTrue();
    }

    /** No other server takes a lease that this one has. */
    @Test
    void copyLastsUntilItIsKnownWhetherItDrivesTheRouter() {
        Copy opened = outOfUse();
        leaseUnknown = true;
        assertThat(opened.lifetime.mayEnd()).isFalse();
        leaseUnknown = false;
        assertThat(opened.lifetime.mayEnd()).isTrue();
    }

    @Test
    void copyLastsUntilClientsHaveMovedToTheRouterOfAnotherServer() {
        Copy opened = outOfUse();
        router.passingOn = true;
        assertThat(opened.lifetime.mayEnd()).isFalse();
    }
}
