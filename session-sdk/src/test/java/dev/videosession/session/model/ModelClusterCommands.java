package dev.videosession.session.model;

import java.util.Random;
import java.util.function.Consumer;

/** What may happen to the nodes of a run and to their Redis. */
final class ModelClusterCommands {
    private static final int LONGEST_SUSPENSION_MILLIS = 9000;

    private final ModelWorld world;
    private final ModelServer server;
    private final ModelCluster cluster;
    private final Random random;

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
            sink.add("suspend a node", 1, client -> {
                trouble();
                int node = anyNode();
                if (server.node(node).isAlive()) {
                    server.stall(node, random.nextInt(LONGEST_SUSPENSION_MILLIS));
                }
            });
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
            action.accept(server.member(node));
        }
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
