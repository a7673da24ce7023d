package dev.videosession.session.model;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.control.SessionSnapshot;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.log.DelayedLogs;
import dev.videosession.server.internal.log.InMemorySessionLogs;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.internal.rules.Command;
import dev.videosession.server.internal.session.LiveSession;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.SessionPolicy;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The real server, from the bytes of its sockets on, in virtual time. Every socket has an event loop of its own and the
 * sessions have one more, so that whatever may happen in any order does.
 */
final class ModelServer {
    private static final int MOST_LATE_EVENTS = 20;
    private static final int LONGEST_ANSWER_STEPS = 500;
    private static final Roster EMPTY = new Roster(0, List.of(), List.of(), false);
    private static final Project PROJECT = new Project(47000001, "0123456789abcdef0123456789abcdef01234567");

    /** What differs from run to run. */
    record Settings(
            Timings timings,
            int historyEvents,
            SessionPolicy policy,
            int entriesPerSecond,
            int outboxMessages,
            DelayedLogs.@Nullable Settings log,
            ModelCluster.@Nullable Settings cluster) {
        static final int LONGEST_SHORT_HISTORY = 10;

        /** Whether a node may need an event that the others have trimmed from the log. */
        boolean isHistoryShort() {
            return historyEvents <= LONGEST_SHORT_HISTORY;
        }

        /** Whether no client loses its socket or is refused because of the server. */
        boolean isRoomy() {
            return entriesPerSecond > 1
                    && outboxMessages > 100
                    && policy.idleMillis() == 0
                    && (log == null || log.failOneIn() == 0)
                    && (cluster == null
                            || (!cluster.redisFails() && !isHistoryShort())); // else a node may not catch up
        }
    }

    final SessionId session;
    final ModelLog log = new ModelLog();
    final @Nullable ModelCluster cluster;
    private final ModelTime time;
    private final Settings settings;
    private final TokenIssuer tokens;
    private final Random random;
    private final List<ModelNode> nodes = new ArrayList<>();
    private final Map<ModelNode, ModelCluster.Member> members = new HashMap<>();
    /** Conflicts and failures of the log, over all processes. */
    int conflicts;

    int failures;

    private @Nullable DelayedLogs delayed;
    private long lastStallEnd;

    ModelServer(ModelTime time, Random random, Settings settings, Consumer<SimulatedRedis> change) {
        this.time = time;
        this.random = random;
        this.settings = settings;
        this.session = new SessionIds(time).create(PROJECT.apiKey(), true);
        this.tokens = new TokenIssuer(PROJECT, time);
        ModelCluster.Settings shared = settings.cluster();
        this.cluster =
                shared == null ? null : new ModelCluster(time, random, session, log, shared, settings.historyEvents());
        if (cluster != null) {
            change.accept(cluster.redis);
        }
        nodes.add(start());
        if (shared != null) {
            nodes.add(start());
        }
    }

    private ModelNode start() {
        ModelCluster shared = cluster;
        if (shared == null) {
            return new ModelNode(
                    time,
                    PROJECT,
                    settings,
                    (id, before, event) -> log.happens(time.elapsedMillis(), before, event),
                    (node, loop) -> alone(loop));
        }
        ModelCluster.Member[] made = new ModelCluster.Member[1];
        ModelNode started = new ModelNode(
                time, PROJECT, settings, (id, before, event) -> shared.applied(before, event), (node, loop) -> {
                    made[0] = shared.new Member(node, loop);
                    return made[0];
                });
        members.put(started, made[0]);
        return started;
    }

    private ModelNode.Storage alone(EventLoop loop) {
        SessionLogFactory logs = logs(loop);
        return new ModelNode.Storage() {
            @Override
            public SessionLogFactory logs() {
                return logs;
            }

            @Override
            public NodeDirectory directory() {
                return NodeDirectory.NONE;
            }

            @Override
            public void started(SessionRegistry sessions) {
                // nothing else has to know
            }
        };
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

    /** The process dies without a word, and another one starts, which knows nothing. */
    void restart() {
        countTroubles();
        log.serverDied();
        nodes.get(0).die();
        nodes.set(0, start());
    }

    /** {@return the process at an address, dead or alive} */
    ModelNode node(int index) {
        return nodes.get(index % nodes.size());
    }

    int nodeCount() {
        return nodes.size();
    }

    /** A process of several dies without a word. */
    void kill(int index) {
        ModelNode node = nodes.get(index);
        if (node.isAlive()) {
            log.trace.accept("node " + index + " dies");
            member(index).link.die();
            node.die();
        }
    }

    /** A process starts at the address of a dead one. */
    void start(int index) {
        if (!nodes.get(index).isAlive()) {
            log.trace.accept("node " + index + " starts");
            nodes.set(index, start());
        }
    }

    ModelCluster.Member member(int index) {
        return Objects.requireNonNull(members.get(nodes.get(index)));
    }

    String token(Role role, String data) {
        return tokens.jwt(new ClientToken(session).withRole(role).withData(data));
    }

    /** Nothing of a process runs for some time. */
    void stall(int index, long millis) {
        nodes.get(index).stall(millis);
        if (cluster != null) {
            member(index).trouble(millis);
        }
        lastStallEnd = Math.max(lastStallEnd, nodes.get(index).stalledUntil());
    }

    boolean hasJustStalled() {
        return lastStallEnd > 0 && time.nanos() < lastStallEnd + TimeUnit.SECONDS.toNanos(1);
    }

    /** The machine was suspended: requests to Redis that were under way count as lost, so each node connects to it again. */
    void hasJumped() {
        members.values().forEach(member -> member.trouble(0));
    }

    /** Everything works from now on. */
    void goOn() {
        lastStallEnd = 0;
        nodes.forEach(ModelNode::goOn);
        ModelCluster shared = cluster;
        if (shared != null) {
            members.values().forEach(member -> member.link.onAppend(count -> {}));
            shared.redis.goOn();
            for (int i = 0; i < nodes.size(); i++) {
                start(i);
                member(i).link.cut(false);
                member(i).link.flow();
            }
        }
    }

    /**
     * What is in the session now, at all nodes. To be asked when nothing is under way but the end of connections whose server was lost:
     * a node may notice that late.
     */
    Roster snapshot() {
        if (cluster == null) {
            return snapshot(nodes.get(0));
        }
        for (int tries = 0; tries < nodes.size() * MOST_LATE_EVENTS; tries++) {
            long before = log.count;
            List<Roster> rosters = nodes.stream().map(this::snapshot).toList();
            if (log.count == before) {
                Roster truth = cluster.truth().roster();
                rosters.forEach(roster -> requireEqual(roster, truth));
                return truth;
            }
        }
        throw log.wrong("the log does not come to rest");
    }

    private void requireEqual(Roster roster, Roster truth) {
        if (!roster.equals(truth)) {
            throw log.wrong("a node has another state than the log:\n   the node " + roster + "\n   the log  " + truth);
        }
    }

    /** What is in the session as far as the log, or the only node, knows now. */
    Roster applied() {
        return cluster == null ? snapshot(nodes.get(0)) : cluster.truth().roster();
    }

    /** What Redis holds can be read, and is kept. */
    void checkStored() {
        if (cluster != null) {
            cluster.checkStored();
        }
    }

    private Roster snapshot(ModelNode node) {
        Optional<LiveSession> live = node.sessions().find(session);
        if (live.isEmpty()) {
            return EMPTY;
        }
        CompletableFuture<SessionSnapshot> snapshot = live.get().backend().snapshot();
        time.settle();
        for (int tries = 0; !snapshot.isDone() && tries < LONGEST_ANSWER_STEPS; tries++) {
            time.pass(10);
        }
        if (!snapshot.isDone()) {
            throw log.wrong("a node does not read the log");
        }
        return snapshot.join().roster();
    }

    /** Carries out a command of the backend, if there is a session. */
    void command(Command command) {
        command(random.nextInt(nodes.size()), command);
    }

    /** Carries out a command of the backend at one node. */
    @SuppressWarnings("FutureReturnValueIgnored") // what became of it is in the log
    void command(int index, Command command) {
        ModelNode node = nodes.get(index);
        if (node.isAlive()) {
            node.sessions().find(session).ifPresent(live -> live.backend().command(command));
        }
    }

    int links() {
        return nodes.get(0).links();
    }

    /** What is left in the server, in words; empty if nothing is. */
    String leftovers() {
        StringBuilder left = new StringBuilder();
        nodes.forEach(node -> left.append(node.leftovers()));
        ModelCluster shared = cluster;
        if (shared != null) {
            shared.redis.lastingKeys().stream()
                    .filter(key -> key.contains("{") || (key.endsWith(":sessions") && !shared.hasLostWrites()))
                    .forEach(key -> left.append(key).append(", "));
        }
        return left.toString();
    }

    /** Ends the processes, which would go on for ever. */
    void stop() {
        if (cluster != null) {
            for (int i = 0; i < nodes.size(); i++) {
                kill(i);
            }
        }
    }
}
