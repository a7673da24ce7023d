package dev.videosession.session.model;

import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.server.http.HttpRoutes;
import dev.videosession.server.internal.address.TrustedProxies;
import dev.videosession.server.internal.admission.AdmissionGate;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionContext;
import dev.videosession.server.internal.engine.SessionObserver;
import dev.videosession.server.internal.http.RouteTable;
import dev.videosession.server.internal.limit.EntryRate;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.limit.SocketGate;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.logging.RefusalLog;
import dev.videosession.server.internal.metrics.ServerMetrics;
import dev.videosession.server.internal.outbox.MemoryBudget;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.socket.SocketContext;
import dev.videosession.server.internal.socket.SocketPipeline;
import dev.videosession.server.internal.token.RevokedTokens;
import dev.videosession.server.internal.token.TokenVerifier;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.ServerLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process of the real server, from the bytes of its sockets on. Every socket has an event loop of its own. */
final class ModelNode {
    static final MessageCodec CODEC = new MessageCodec();

    /** Where its sessions are kept. */
    interface Storage {
        SessionLogFactory logs();

        NodeDirectory directory();

        /** The process has the sessions now. */
        void started(SessionRegistry sessions);
    }

    private final ModelTime time;
    private final List<ModelChannel> channels = new ArrayList<>();
    private final ServerMetrics metrics;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SessionRegistry sessions;
    private final SocketPipeline pipeline;
    private final EventLoop loop;
    private boolean alive = true;
    private long stalledUntil;

    /** Makes the storage on the loop of the sessions. */
    @FunctionalInterface
    interface StorageMaker {
        Storage make(ModelNode node, EventLoop loop);
    }

    ModelNode(
            ModelTime time,
            Project project,
            ModelServer.Settings settings,
            SessionObserver observer,
            StorageMaker maker) {
        this.time = time;
        meters.config().meterFilter(MeterFilter.denyNameStartsWith("videosession.fanout"));
        this.metrics = new ServerMetrics(meters);
        this.loop = newLoop().eventLoop();
        Storage storage = maker.make(this, loop);
        ServerLimits limits = ServerLimits.builder()
                .historyEvents(settings.historyEvents())
                .outbox(settings.outboxMessages(), 1024 * 1024)
                .entryRate(settings.entriesPerSecond(), settings.entriesPerSecond())
                .build();
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
                    if (alive) {
                        observer.onEvent(id, before, event);
                    }
                },
                new RevokedTokens(time),
                new RefusalLog(time),
                new MemoryBudget(Long.MAX_VALUE, () -> 0),
                new ProjectLoad(limits),
                storage.logs(),
                null,
                storage.directory());
        this.sessions = new SessionRegistry(common, loop);
        this.pipeline = new SocketPipeline(
                new SocketContext(
                        common,
                        sessions,
                        new TokenVerifier(new Projects().put(project), time),
                        new SocketGate(limits),
                        new TrustedProxies(List.of()),
                        new RouteTable(HttpRoutes.builder().build()),
                        ModelChannel.handshakeMillis()),
                null);
        storage.started(sessions);
    }

    private ModelChannel newLoop(ChannelHandler... handlers) {
        ModelChannel channel = new ModelChannel(time, this::stalledUntil, handlers);
        channels.removeIf(ModelChannel::hasEnded);
        channels.add(channel);
        time.add(channel);
        return channel;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    boolean isAlive() {
        return alive;
    }

    ModelChannel accept() {
        return newLoop(pipeline);
    }

    /** Runs a task of the process later; never, if it is dead by then. */
    void schedule(Runnable task, long millis) {
        if (alive) {
            channels.get(0).schedule(task, millis);
        }
    }

    long stalledUntil() {
        return stalledUntil;
    }

    /** Nothing of the process runs for some time. */
    void stall(long millis) {
        stalledUntil = time.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void goOn() {
        stalledUntil = 0;
    }

    /** The process dies without a word. Its tasks own buffers that a real process takes with it. */
    void die() {
        alive = false;
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
    }

    int links() {
        return gauge("videosession.links");
    }

    /** What is left in the process, in words; empty if nothing is. */
    String leftovers() {
        StringBuilder left = new StringBuilder();
        add(left, "sessions", metrics.sessions());
        add(left, "session ids", sessions.ids().size());
        add(left, "connections", metrics.connections());
        add(left, "streams", gauge("videosession.streams"));
        add(left, "links", links());
        add(left, "sockets", gauge("videosession.sockets"));
        add(left, "open sockets", pipeline.openSockets());
        return left.toString();
    }

    private static void add(StringBuilder left, String what, int count) {
        if (count != 0) {
            left.append(count).append(' ').append(what).append(", ");
        }
    }

    private int gauge(String name) {
        Gauge gauge = meters.find(name).gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }
}
