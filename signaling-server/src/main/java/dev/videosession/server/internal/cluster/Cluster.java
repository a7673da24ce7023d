package dev.videosession.server.internal.cluster;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.cluster.shared.RedisNotices;
import dev.videosession.server.internal.cluster.shared.RedisTokenStore;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.limit.ProjectLoad;
import dev.videosession.server.internal.memory.OutOfMemory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.webhook.SharedNotices;
import dev.videosession.server.settings.ClusterSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This server as one node of several: its lease, what it knows of other nodes, and what all nodes remember. Thread-safe. */
public final class Cluster implements NodeDirectory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final long JOIN_SECONDS = 10;
    private static final long LEAVE_SECONDS = 2;
    private final ClusterSettings settings;
    private final RedisLink redis;
    private final NodeEpoch epoch;
    private final TimeSource time;
    private final ProjectLoad projects;
    private final LeaseTimes times;
    private final ScheduledExecutorService thread;
    private final RedisTokenStore tokens;
    private final PeerReadiness readiness;
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private @Nullable ClusterSessions sessions;
    private @Nullable Membership membership;
    private @Nullable DeadNodes deadNodes;
    private final NodeNames names = new NodeNames();
    private volatile Map<Long, NodeInfo> nodes = Map.of();
    private volatile List<String> announced = List.of();
    private volatile String health = "";
    private volatile boolean draining;

    private Cluster(
            ClusterSettings settings,
            RedisLink redis,
            NodeEpoch epoch,
            TimeSource time,
            ProjectLoad projects,
            RedisTokenStore tokens,
            LeaseTimes times) {
        this.settings = settings;
        this.redis = redis;
        this.epoch = epoch;
        this.time = time;
        this.projects = projects;
        this.tokens = tokens;
        this.times = times;
        this.thread = OutOfMemory.newTimer(task -> {
            Thread created = new Thread(task, "cluster");
            created.setDaemon(true);
            return created;
        });
        this.readiness = new PeerReadiness(new PeerHealth(thread)::ready, thread);
    }

    /**
     * Reads what the nodes remember. The node is no member yet.
     *
     * @param settings of the node
     * @param redis which is up; remains open when the cluster is closed
     * @param epoch of the node
     * @param time the clocks
     * @param projects counts the connections of each project on this node
     * @param longestToken how long a client's token may live
     * @return the cluster
     * @throws IOException if Redis cannot be read
     */
    public static Cluster open(
            ClusterSettings settings,
            RedisLink redis,
            NodeEpoch epoch,
            TimeSource time,
            ProjectLoad projects,
            Duration longestToken)
            throws IOException {
        return open(settings, redis, epoch, time, projects, longestToken, LeaseTimes.DEFAULT);
    }

    static Cluster open(
            ClusterSettings settings,
            RedisLink redis,
            NodeEpoch epoch,
            TimeSource time,
            ProjectLoad projects,
            Duration longestToken,
            LeaseTimes times)
            throws IOException {
        return new Cluster(
                settings, redis, epoch, time, projects, RedisTokenStore.open(redis, time, longestToken), times);
    }

    /** {@return what all nodes remember of tokens} */
    public TokenStore tokens() {
        return tokens;
    }

    /** {@return the events that wait for being sent to backends} */
    public SharedNotices notices() {
        return new RedisNotices(redis, epoch);
    }

    /**
     * Becomes a member.
     *
     * @param local the sessions of this node
     * @throws IOException if Redis does not answer in time
     */
    public void join(ClusterSessions local) throws IOException {
        sessions = local;
        DeadNodes cleaner = new DeadNodes(redis, epoch, names, local, thread);
        deadNodes = cleaner;
        redis.addListener(new Failovers(redis.runId(), () -> thread.execute(cleaner::checkOwn)));
        membership = new Membership(redis, epoch, time, times, thread, this::info, new Follower());
        projects.useOthers(this::connectionsElsewhere);
        var unused = thread.scheduleWithFixedDelay(this::tick, 0, times.renewalMillis(), TimeUnit.MILLISECONDS);
        try {
            joined.get(JOIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Redis does not answer: the node cannot join the cluster", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while joining the cluster", e);
        }
        LOG.info("event=clusterJoined node={} epoch={} nodes={}", settings.nodeId(), epoch.current(), nodes.size());
    }

    /**
     * Says that the node takes clients from now on. Other nodes and load balancers send it none before.
     *
     * @param port on which it takes them
     * @param encrypted whether that port takes TLS
     */
    public void listening(InetSocketAddress port, boolean encrypted) {
        URI advertise = settings.advertise();
        health = advertise == null
                ? HealthAddress.listening(port, encrypted, redis.place())
                : HealthAddress.advertised(advertise);
        thread.execute(this::tick);
    }

    private NodeInfo info() {
        URI advertise = settings.advertise();
        boolean ready = !draining && !health.isEmpty();
        ClusterSessions local = sessions;
        return new NodeInfo(
                settings.nodeId(),
                ready && advertise != null ? advertise.toString() : null,
                health,
                draining,
                local != null && local.isRouterFull(),
                projects.counts());
    }

    private void tick() {
        Membership current = membership;
        if (current == null) {
            return;
        }
        current.renew();
        tokens.refresh();
        if (!current.isHeld() && current.leaseAge() > times.leaseNanos() && !draining) {
            readiness.check(others(), this::whyNotReady, this::sendAway);
        } else {
            readiness.reset();
        }
    }

    private void sendAway(List<NodeInfo> ready) {
        ClusterSessions local = sessions;
        Membership current = membership;
        // Redis may be unreachable for another lease before clients move to a node that still has it
        if (local != null && current != null && current.leaseAge() > 2 * times.leaseNanos()) {
            LOG.warn("event=clientsSentAway cause=\"{}\" ready={}", whyNotReady(), ready.size());
            local.sendAway(addresses(ready));
        }
    }

    private List<NodeInfo> others() {
        long own = epoch.current();
        return nodes.entrySet().stream()
                .filter(node -> node.getKey() != own && node.getValue().takesClients())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static @Nullable List<String> addresses(List<NodeInfo> of) {
        List<String> addresses = of.stream()
                .map(NodeInfo::advertise)
                .filter(Objects::nonNull)
                .distinct()
                .sorted()
                .toList();
        return addresses.isEmpty() ? null : addresses;
    }

    private int connectionsElsewhere(String project) {
        long own = epoch.current();
        int sum = 0;
        for (Map.Entry<Long, NodeInfo> node : nodes.entrySet()) {
            if (node.getKey() != own) {
                sum += node.getValue().connections().getOrDefault(project, 0);
            }
        }
        return sum;
    }

    @Override
    public @Nullable List<String> addresses() {
        List<String> current = announced;
        return current.isEmpty() ? null : current;
    }

    @Override
    public boolean isReady(long other) {
        NodeInfo node = nodes.get(other);
        return node != null && node.takesClients() && other != epoch.current();
    }

    @Override
    public String nameOf(long node) {
        NodeInfo info = nodes.get(node);
        return info == null ? NodeDirectory.super.nameOf(node) : info.id();
    }

    @Override
    public boolean isRouterFull(long node) {
        NodeInfo info = nodes.get(node);
        return info != null && info.routersFull();
    }

    @Override
    public long writableMillis() {
        Membership current = membership;
        return current == null || !redis.isUp() ? 0 : TimeUnit.NANOSECONDS.toMillis(current.unbroken());
    }

    /** {@return how many nodes hold a lease, as far as this one knows} */
    public int size() {
        return nodes.size();
    }

    /** {@return for how long the lease was not renewed, in seconds} */
    public double leaseAgeSeconds() {
        Membership current = membership;
        return current == null ? 0 : current.leaseAge() / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** {@return why this node should get no clients, or null if it is ready} */
    public @Nullable String whyNotReady() {
        Membership current = membership;
        if (draining) {
            return "draining: the node is about to stop";
        }
        if (current == null || !joined.isDone() || health.isEmpty()) {
            return "starting";
        }
        if (!redis.isUp()) {
            return "no connection to Redis";
        }
        if (!current.isHeld()) {
            return "the lease was not renewed for " + TimeUnit.NANOSECONDS.toSeconds(current.leaseAge()) + " s: "
                    + Objects.requireNonNullElse(current.refusal(), "Redis does not answer");
        }
        return null;
    }

    /**
     * Says that this node is about to stop: other nodes and load balancers send it no clients from now on.
     *
     * @return the addresses of the other nodes, or null if none advertises one
     */
    public @Nullable List<String> drain() {
        draining = true;
        thread.execute(this::tick);
        return addresses(others());
    }

    /** {@return whether another node can take the clients of this one} */
    public boolean hasOthers() {
        return !others().isEmpty();
    }

    /** Ends the lease. What this node still owns is cleaned up by other nodes. */
    @Override
    public void close() {
        Membership current = membership;
        if (current != null) {
            CompletionStage<?> left =
                    CompletableFuture.supplyAsync(current::leave, thread).thenCompose(done -> done);
            try {
                left.toCompletableFuture().get(LEAVE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.info("event=leaseNotEnded consequence=\"other nodes wait until it ends by itself\"");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        thread.shutdownNow();
    }

    /** What follows from the membership. */
    private final class Follower implements Membership.Listener {
        @Override
        public void leaseLost() {
            ClusterSessions local = sessions;
            if (local != null) {
                local.abandonAll();
            }
        }

        @Override
        public void nodesChanged(Map<Long, NodeInfo> now) {
            nodes = new HashMap<>(now);
            names.follow(now);
            joined.complete(null);
            List<String> addresses = Objects.requireNonNullElse(
                    addresses(
                            now.values().stream().filter(NodeInfo::takesClients).toList()),
                    List.of());
            ClusterSessions local = sessions;
            if (!addresses.equals(announced) && local != null) {
                announced = addresses;
                local.announce(addresses);
            }
        }

        @Override
        public void dead(Set<Long> epochs) {
            DeadNodes current = deadNodes;
            if (current != null) {
                current.follow(epochs);
            }
        }
    }

    /**
     * Registers the metrics of the cluster.
     *
     * @param meters where
     */
    public void register(MeterRegistry meters) {
        ClusterMetrics.register(this, meters);
    }
}
