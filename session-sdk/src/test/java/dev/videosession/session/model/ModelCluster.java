package dev.videosession.session.model;

import com.squareup.moshi.JsonDataException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectDetail;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.internal.cluster.VirtualMembership;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.log.RedisMetrics;
import dev.videosession.server.internal.redis.log.RedisSessionLogs;
import dev.videosession.server.internal.redis.schema.LogReader;
import dev.videosession.server.internal.redis.simulated.SimulatedLink;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.internal.session.SessionRegistry;
import dev.videosession.server.internal.state.LoggedEvent;
import dev.videosession.server.internal.state.LoggedState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** What the nodes of a run share: a simulated Redis, and the truth about the session, which is the log in it. */
final class ModelCluster {
    /**
     * What may happen to it.
     *
     * @param longestDelayMillis of a request to Redis and of its answer
     * @param nodesFail whether nodes die and are suspended
     * @param redisFails whether Redis and the ways to it fail
     * @param losesWrites whether a failover may lose what was written
     */
    record Settings(int longestDelayMillis, boolean nodesFail, boolean redisFails, boolean losesWrites) {}

    /** A node that has had no trouble for so long has its lease. */
    private static final long LONGEST_JUDGEMENT_MILLIS = 15_000;

    final SimulatedRedis redis;
    private final ModelTime time;
    private final Random random;
    private final SessionId session;
    private final ModelLog log;
    private final Settings settings;
    private final int keptEvents;
    private final String key;
    private final ModelChannel network;
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<LoggedEvent> events = new ArrayList<>();
    /** Connections whose clients were away once. */
    private final Set<ConnectionId> returned = new HashSet<>();

    private LoggedState state = new LoggedState();
    private int failovers;
    private long failedOverAt;

    ModelCluster(ModelTime time, Random random, SessionId session, ModelLog log, Settings settings, int keptEvents) {
        this.time = time;
        this.random = random;
        this.session = session;
        this.log = log;
        this.settings = settings;
        this.keptEvents = keptEvents;
        this.key = LogReader.key(session);
        this.redis = new SimulatedRedis(time::millis);
        this.network = new ModelChannel(time, () -> 0);
        time.add(network);
        redis.follow(this::appended);
        String connections = LogReader.connectionsKey(session);
        String snapshot = LogReader.snapshotKey(session);
        redis.followFields((hash, before, after) -> {
            if (hash.equals(connections) && before != null && lastResume(after) < lastResume(before)) {
                throw log.wrong("an earlier resume has replaced a later one: " + before + " by " + after);
            } else if (hash.equals(snapshot)) {
                compareStored();
            }
        });
    }

    private static long lastResume(String record) {
        return Long.parseLong(record.split(" ", 3)[1]);
    }

    /** A server can always read what Redis holds. */
    private LoggedState read() {
        try {
            return LogReader.read(redis, session);
        } catch (JsonDataException e) {
            throw log.wrong("no server can read the log: " + e.getMessage());
        }
    }

    private void appended(String stream, byte[] data) {
        if (stream.equals(key)) {
            LogEntry entry = LogReader.read(data);
            if (entry.position().sequence() == entry.events().size()) {
                begin(); // the log is new
            }
            entry.events().forEach(this::happens);
        }
    }

    private void begin() {
        events.clear();
        state = new LoggedState();
    }

    private void happens(LoggedEvent event) {
        if (event instanceof LoggedEvent.ConnectionReconnected e) {
            returned.add(e.connectionId());
        } else if (event instanceof LoggedEvent.ConnectionDestroyed e
                && e.detail() == DisconnectDetail.SOCKET_LOST
                && returned.contains(e.connectionId())
                && !state.isLost(e.connectionId())) {
            throw log.wrong("a connection is lost for good although its client is back: " + event);
        }
        log.happens(time.elapsedMillis(), state, event);
        state.apply(event);
        events.add(event);
    }

    /** A node applies an event: it must be the one that the log has under this number. */
    void applied(LoggedState before, LoggedEvent event) {
        long sequence = before.sequence() + 1;
        boolean known =
                sequence <= events.size() && events.get((int) sequence - 1).equals(event);
        if (!known && failovers == 0) {
            throw log.wrong("a node applies " + event + " as number " + sequence + ", the log has "
                    + (sequence <= events.size() ? events.get((int) sequence - 1) : "no such number"));
        }
    }

    /** What has not reached the replica is lost. */
    void failOver() {
        failovers++;
        failedOverAt = time.millis();
        log.mayStartOver();
        redis.failOver();
        List<byte[]> entries = redis.stream(key);
        long last = entries.isEmpty()
                ? 0
                : LogReader.read(entries.get(entries.size() - 1)).position().sequence();
        if (last < events.size()) {
            log.lost(last);
            List<LoggedEvent> kept = List.copyOf(events.subList(0, (int) last));
            begin();
            kept.forEach(state::apply);
            events.addAll(kept);
        }
    }

    /** A server that has not read the session before finds its state, and nothing of it expires while it has connections. */
    void checkStored() {
        compareStored();
        List<String> lasting = redis.lastingKeys();
        if (state.connectionCount() > 0 && !lasting.containsAll(LogReader.lastingKeys(session))) {
            throw log.wrong("keys of a session with connections expire, those that do not are " + lasting);
        }
    }

    private void compareStored() {
        LoggedState stored = read();
        if (!stored.roster().equals(state.roster())) {
            throw log.wrong("Redis holds another state than was logged:\n   Redis   " + stored.roster()
                    + "\n   the log " + state.roster());
        }
    }

    /** {@return whether a failover has happened, which may have lost the lease of a node and what the node wrote since} */
    boolean hasLostWrites() {
        return failovers > 0;
    }

    Settings settings() {
        return settings;
    }

    /** The state that the log says, for a reader that has not read it before. */
    LoggedState truth() {
        return state;
    }

    /** One node's part of it. */
    final class Member implements ModelNode.Storage {
        final SimulatedLink link;
        final VirtualMembership membership;
        private final RedisSessionLogs logs;
        private long troubledUntil;

        Member(ModelNode node, EventLoop loop) {
            this.link = new SimulatedLink(redis, random, network::schedule, node::schedule);
            link.delay(settings.longestDelayMillis());
            NodeEpoch epoch = new NodeEpoch();
            this.logs = new RedisSessionLogs(
                    link, epoch, true, ModelNode.CODEC, keptEvents, time, new RedisMetrics(meters));
            this.membership = new VirtualMembership(link, epoch, time, loop, session, this::leaseLost);
        }

        /**
         * Something happens to this node alone.
         *
         * @param millis for how long, in milliseconds
         */
        void trouble(long millis) {
            troubledUntil = Math.max(troubledUntil, time.millis() + millis);
        }

        /**
         * What happens to Redis happens to all nodes: none of them is dead. A node learns that it was judged, or that a failover has lost its
         * lease, when Redis answers.
         */
        private void leaseLost() {
            long troubled = Math.max(Math.max(troubledUntil, link.impairedUntil()), failedOverAt);
            long wellMillis = redis.answeringMillis(troubled);
            if (wellMillis > LONGEST_JUDGEMENT_MILLIS) {
                throw log.wrong("a node was judged dead that has had no trouble for " + wellMillis + " ms");
            }
        }

        @Override
        public SessionLogFactory logs() {
            return logs;
        }

        @Override
        public NodeDirectory directory() {
            return membership;
        }

        @Override
        public void started(SessionRegistry sessions) {
            membership.join(sessions);
        }
    }
}
