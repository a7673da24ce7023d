package dev.videosession.server.internal.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the clients of a node that has lost Redis should move: if other nodes are ready in {@value #CHECKS} checks in a row, one
 * in each renewal. When Redis is available again for all nodes, some of them connect to it several seconds earlier than others. Belongs to
 * the thread of the cluster.
 */
final class PeerReadiness {
    static final int CHECKS = 5;

    private final Function<List<NodeInfo>, CompletionStage<List<NodeInfo>>> peers;
    private final Executor thread;
    private boolean asking;
    private int found;

    /**
     * Has not checked yet.
     *
     * @param peers finds the nodes of a list that are ready
     * @param thread of the cluster
     */
    PeerReadiness(Function<List<NodeInfo>, CompletionStage<List<NodeInfo>>> peers, Executor thread) {
        this.peers = peers;
        this.thread = thread;
    }

    /** This node has Redis. */
    void reset() {
        found = 0;
    }

    /**
     * Checks once.
     *
     * @param others nodes to ask
     * @param whyNotReady why this node is not ready, null if it is
     * @param moveClients called with the nodes that are ready when clients are better off there
     */
    void check(List<NodeInfo> others, Supplier<@Nullable String> whyNotReady, Consumer<List<NodeInfo>> moveClients) {
        if (asking) {
            return;
        }
        asking = true;
        peers.apply(others)
                .whenComplete((ready, failure) -> thread.execute(() -> {
                    asking = false;
                    found = failure != null || ready.isEmpty() || whyNotReady.get() == null ? 0 : found + 1;
                    if (found >= CHECKS) {
                        moveClients.accept(ready);
                    }
                }));
    }
}
