package dev.videosession.session.model;

import dev.videosession.server.internal.redis.simulated.SimulatedLink;
import dev.videosession.server.internal.rules.Command;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What may happen to the nodes of a run and to their Redis. */
final class ModelClusterCommands {
    private static final int LONGEST_SUSPENSION_MILLIS = 9000;
    private static final int LONGEST_STALL_MILLIS = 4000;
    private static final int MOST_LOST = 6;
    private static final int FORK_STEPS = 200;
    private static final int FORK_STEP_MILLIS = 20;
    private static final int SIGNAL_EVERY = 20;

    private final ModelWorld world;
    private final ModelServer server;
    private final ModelCluster cluster;
    private final Random random;
    private int names;

    /** Gets each of them. */
    @FunctionalInterface
    interface Sink {
        void add(String name, int weight, Consumer<ModelClient> action);
    }

    ModelClusterCommands(ModelWorld world, ModelCluster cluster) {
        this.world = world;
        this.server = world.server;
        this.cluster = cluster;
        this.random = world.random;
    }

    void addTo(Sink sink) {
        ModelCluster.Settings settings = cluster.settings();
        if (settings.nodesFail()) {
            sink.add("kill a node", 2, client -> {
                trouble();
                world.killNode(anyNode());
            });
            sink.add("kill a node when it has appended", 2, client -> killAfterAppend());
            sink.add("start a node", 2, client -> server.start(anyNode()));
            if (world.harder) {
                sink.add("replace a node", 2, client -> {
                    trouble();
                    int node = anyNode();
                    world.killNode(node);
                    server.start(node);
                });
            }
            sink.add("suspend a node", 1, client -> {
                trouble();
                int node = anyNode();
                if (server.node(node).isAlive()) {
                    server.stall(node, random.nextInt(LONGEST_SUSPENSION_MILLIS));
                }
            });
        }
        if (world.harder && (settings.nodesFail() || settings.redisFails())) {
            sink.add(
                    "stall the way to Redis",
                    2,
                    client -> withNode(member -> member.link.stall(random.nextInt(LONGEST_STALL_MILLIS))));
            sink.add(
                    "stall at an append",
                    3,
                    client -> withNode(
                            member -> member.link.stallAt(SimulatedLink.APPEND, random.nextInt(LONGEST_STALL_MILLIS))));
            sink.add("delay a snapshot", 2, client -> delaySnapshot());
        }
        if (settings.redisFails()) {
            sink.add("lose the way to Redis", 4, client -> withNode(member -> member.link.lose()));
            sink.add("lose the channels", 3, client -> withNode(member -> member.link.loseChannels()));
            sink.add("silence the channels", 2, client -> withNode(member -> member.link.silenceChannels()));
            sink.add("cut a node off from Redis", 1, client -> withNode(member -> member.link.cut(true)));
            sink.add("connect a node to Redis", 2, client -> withNode(member -> member.link.cut(false)));
            sink.add("suspend Redis", 1, client -> {
                trouble();
                cluster.redis.suspend();
            });
            sink.add("continue Redis", 3, client -> cluster.redis.goOn());
            sink.add("restart Redis", 1, client -> {
                trouble();
                cluster.redis.restart();
            });
        }
        if (settings.losesWrites()) {
            sink.add("replicate", 6, client -> cluster.redis.replicate());
            sink.add("fail over", 2, client -> {
                trouble();
                cluster.failOver();
            });
            if (world.harder) {
                sink.add("fork the log", 1, client -> fork());
            }
        }
    }

    private int anyNode() {
        return random.nextInt(server.nodeCount());
    }

    private void trouble() {
        world.clients.forEach(ModelClient::trouble);
    }

    private void withNode(Consumer<ModelCluster.Member> action) {
        int node = anyNode();
        if (server.node(node).isAlive()) {
            trouble();
            server.member(node).trouble(0);
            action.accept(server.member(node));
        }
    }

    /**
     * One node is cut off while a failover loses what one of the two has written. The other one writes until the log has the same number
     * again. Then the first requests of the node that was cut off arrive, before it has read the log: an append, and the snapshot of a
     * state that is lost.
     */
    private void fork() {
        int behind = anyNode();
        int ahead = (behind + 1) % server.nodeCount();
        if (!server.node(behind).isAlive() || !server.node(ahead).isAlive()) {
            return;
        }
        trouble();
        ModelCluster.Member member = server.member(behind);
        member.trouble(0);
        cluster.redis.replicate();
        boolean losesOwn = random.nextBoolean();
        if (losesOwn) {
            member.link.stallAt(SimulatedLink.SNAPSHOT, LONGEST_STALL_MILLIS);
        }
        for (int lost = 1 + random.nextInt(MOST_LOST); lost > 0; lost--) {
            change(losesOwn ? behind : ahead);
            world.time.pass(random.nextInt(50));
        }
        world.time.pass(random.nextInt(200));
        long known = cluster.truth().sequence();
        member.link.cut(true);
        cluster.failOver();
        for (int steps = 0; cluster.truth().sequence() < known && steps < FORK_STEPS; steps++) {
            world.time.pass(FORK_STEP_MILLIS);
            if (steps % SIGNAL_EVERY == 0) {
                signal(ahead);
            }
        }
        member.link.cut(false);
        for (int steps = 0; !member.link.isUp() && steps < FORK_STEPS; steps++) {
            world.time.pass(1);
        }
        signal(behind);
    }

    /** The snapshot of one node arrives after the other one has stored later ones and trimmed the log. */
    private void delaySnapshot() {
        int kept = world.settings.historyEvents();
        int slow = anyNode();
        int other = (slow + 1) % server.nodeCount();
        if (!world.settings.isHistoryShort()
                || !server.node(slow).isAlive()
                || !server.node(other).isAlive()) {
            return;
        }
        trouble();
        ModelCluster.Member member = server.member(slow);
        member.trouble(0);
        member.link.stallAt(SimulatedLink.SNAPSHOT, LONGEST_STALL_MILLIS);
        for (int events = 0; events <= kept && !member.link.isStalled(); events++) {
            signal(slow);
            world.time.pass(FORK_STEP_MILLIS);
        }
        for (int events = 0; events < 2 * kept + 2; events++) {
            signal(other);
            world.time.pass(FORK_STEP_MILLIS);
        }
        member.link.flow();
    }

    /** Something that changes the state of the session, or not. */
    private void change(int node) {
        switch (random.nextInt(3)) {
            case 0 -> server.command(node, new Command.ForceMuteAll(null, List.of()));
            case 1 -> server.command(node, new Command.DisableForceMute(null));
            default -> signal(node);
        }
    }

    private void signal(int node) {
        server.command(node, new Command.Signal(null, null, "chat", "forked" + ++names));
    }

    /** The node dies between the append and its answer: no request may be lost or carried out twice. */
    private void killAfterAppend() {
        int index = anyNode();
        ModelNode node = server.node(index);
        if (node.isAlive()) {
            trouble();
            server.member(index).link.onAppend(count -> {
                if (node.isAlive()) {
                    world.killNode(index);
                }
            });
        }
    }
}
