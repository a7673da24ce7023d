package dev.videosession.session.model;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.log.DelayedLogs;
import dev.videosession.server.internal.log.InMemorySessionLogs;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.session.LiveSession;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.socket.SocketContext;
import dev.videosession.server.internal.socket.SocketPipeline;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.token.TokenVerifier;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.server.settings.SessionPolicy;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The real server, from the bytes of its sockets on, in virtual time. Every socket has an event loop of its own and the
 * sessions have one more, so that whatever may happen in any order does.
 */
final class ModelServer {
    private static final Project PROJECT = new Project(47000001, "0123456789abcdef0123456789abcdef01234567");

    private static final MessageCodec CODEC = new MessageCodec();

    /** What differs from run to run. */
    record Settings(
            Timings timings,
            int historyEvents,
            SessionPolicy policy,
            int entriesPerSecond,
            int outboxMessages,
            DelayedLogs.@Nullable Settings log) {
        /** Whether no client loses its socket or is refused because of the server. */
        boolean isRoomy() {
            return entriesPerSecond > 1
                    && outboxMessages > 100
                    && policy.idleMillis() == 0
                    && (log == null || log.failOneIn() == 0);
        }
    }

    final SessionId session;
    final ModelLog log = new ModelLog();
    private final ModelTime time;
    private final Settings settings;
    private final TokenIssuer tokens;
    private final List<ModelChannel> channels = new ArrayList<>();
    private final Random random;
    private Running process;
    /** Conflicts and failures of the log, over all processes. */
    int conflicts;

    int failures;

    private @Nullable DelayedLogs delayed;
    private long stalledUntil;

    /** What is gone when the process is. */
    private record Running(
            AtomicBoolean alive,
            ServerMetrics metrics,
            SimpleMeterRegistry meters,
            SessionRegistry sessions,
            SocketPipeline pipeline) {}

    ModelServer(ModelTime time, Random random, Settings settings) {
        this.time = time;
        this.random = random;
        this.settings = settings;
        this.session = new SessionIds(time).create(PROJECT.apiKey(), true);
        this.tokens = new TokenIssuer(PROJECT, time);
        this.process = start();
    }

    private Running start() {
        AtomicBoolean alive = new AtomicBoolean(true);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.config().meterFilter(MeterFilter.denyNameStartsWith("videosession.fanout"));
        ServerMetrics metrics = new ServerMetrics(meters);
        ServerLimits limits = ServerLimits.builder()
                .historyEvents(settings.historyEvents())
                .outbox(settings.outboxMessages(), 1024 * 1024)
                .entryRate(settings.entriesPerSecond(), settings.entriesPerSecond())
                .build();
        EventLoop loop = newLoop().eventLoop();
        SessionContext common = new SessionContext(
                CODEC,
                limits,
                settings.timings(),
                IceConfiguration.NONE,
                time,
                metrics,
                id -> settings.policy(),
                new AdmissionGate(null, 1000, metrics),
                new EntryRate(limits, time.nanos()),
                (id, before, event) -> {
                    if (alive.get()) {
                        log.happens(time.elapsedMillis(), before, event);
                    }
                },
                new RevokedTokens(time),
                new RefusalLog(time),
                new MemoryBudget(Long.MAX_VALUE, () -> 0),
                new ProjectLoad(limits),
                logs(loop),
                null,
                NodeDirectory.NONE);
        SessionRegistry sessions = new SessionRegistry(common, loop);
        SocketPipeline pipeline = new SocketPipeline(
                new SocketContext(
                        common,
                        sessions,
                        new TokenVerifier(new Projects().put(PROJECT), time),
                        new SocketGate(limits),
                        new TrustedProxies(List.of()),
                        new RouteTable(HttpRoutes.builder().build()),
                        ModelChannel.handshakeMillis()),
                null);
        return new Running(alive, metrics, meters, sessions, pipeline);
    }

    private SessionLogFactory logs(EventLoop loop) {
        InMemorySessionLogs logs = new InMemorySessionLogs(settings.historyEvents());
        DelayedLogs.Settings trouble = settings.log();
        if (trouble == null) {
            return logs.newServer();
        }
        DelayedLogs made = new DelayedLogs(logs, random, trouble, (task, millis) -> {
            var unused = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
        });
        delayed = made;
        return made;
    }

    /** Adds up what the log of the present process did. */
    void countTroubles() {
        if (delayed != null) {
            conflicts += delayed.conflicts();
            failures += delayed.failures();
            delayed = null;
        }
    }

    private ModelChannel newLoop(ChannelHandler... handlers) {
        ModelChannel channel = new ModelChannel(time, this::stalledUntil, handlers);
        channels.removeIf(ModelChannel::isGone);
        channels.add(channel);
        time.add(channel);
        return channel;
    }

    /** The process dies without a word, and another one starts. */
    void restart() {
        countTroubles();
        log.serverDied();
        process.alive.set(false);
        channels.forEach(ModelChannel::die);
        boolean found = true;
        while (found) {
            found = false;
            for (ModelChannel channel : channels) {
                found |= channel.runLeftovers();
            }
        }
        channels.forEach(ModelChannel::releaseWritten);
        channels.clear();
        stalledUntil = 0;
        process = start();
    }

    String token(Role role, String data) {
        return tokens.jwt(new ClientToken(session).withRole(role).withData(data));
    }

    ModelChannel accept() {
        return newLoop(process.pipeline);
    }

    long stalledUntil() {
        return stalledUntil;
    }

    /** Nothing of the server runs for some time. */
    void stall(long millis) {
        stalledUntil = time.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    boolean hasJustStalled() {
        return stalledUntil > 0 && time.nanos() < stalledUntil + TimeUnit.SECONDS.toNanos(1);
    }

    void goOn() {
        stalledUntil = 0;
    }

    /** What is in the session now; empty if there is none. To be asked when nothing is under way. */
    Optional<SessionSnapshot> snapshot() {
        Optional<LiveSession> live = process.sessions.find(session);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        CompletableFuture<SessionSnapshot> snapshot = live.get().snapshot();
        time.settle();
        return Optional.of(snapshot.join());
    }

    /** Carries out a command of the backend, if there is a session. */
    @SuppressWarnings("FutureReturnValueIgnored") // what became of it is in the log
    void command(Command command) {
        process.sessions.find(session).ifPresent(live -> live.command(command));
    }

    boolean knows(ConnectionId id) {
        return snapshot()
                .map(snapshot -> snapshot.roster().connections().stream()
                        .anyMatch(each -> each.connectionId().equals(id)))
                .orElse(false);
    }

    int links() {
        return gauge("videosession.links");
    }

    /** What is left in the server, in words; empty if nothing is. */
    String leftovers() {
        StringBuilder left = new StringBuilder();
        add(left, "sessions", process.metrics.sessions());
        add(left, "session ids", process.sessions.ids().size());
        add(left, "connections", process.metrics.connections());
        add(left, "streams", gauge("videosession.streams"));
        add(left, "links", links());
        add(left, "sockets", gauge("videosession.sockets"));
        add(left, "open sockets", process.pipeline.openSockets());
        return left.toString();
    }

    private static void add(StringBuilder left, String what, int count) {
        if (count != 0) {
            left.append(count).append(' ').append(what).append(", ");
        }
    }

    private int gauge(String name) {
        Gauge gauge = process.meters.find(name).gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }
}
