package dev.videosession.server.internal.cluster;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a node that has lost Redis sends its clients away: if another node is ready each time that this node looks. When Redis
 * comes back for all, some nodes are ready up to a renewal earlier than others. Belongs to the thread of the cluster.
 */
final class AwayLooks {
    /** So many in a row, one in each renewal: this node has then tried to renew its lease since it saw the other one ready. */
    private static final int LOOKS = 3;

    private final Function<List<NodeInfo>, CompletionStage<List<NodeInfo>>> peers;
    private final Executor thread;
    private boolean asking;
    private int found;

    /**
     * Has not looked yet.
     *
     * @param peers finds the nodes of a list that are ready
     * @param thread of the cluster
     */
    AwayLooks(Function<List<NodeInfo>, CompletionStage<List<NodeInfo>>> peers, Executor thread) {
        this.peers = peers;
        this.thread = thread;
    }

    /** This node has Redis. */
    void forget() {
        found = 0;
    }

    /**
     * Looks once.
     *
     * @param others nodes to ask
     * @param whyNotReady why this node is not ready, null if it is
     * @param away called with the nodes that are ready when clients are better off there
     */
    void look(List<NodeInfo> others, Supplier<@Nullable String> whyNotReady, Consumer<List<NodeInfo>> away) {
        if (asking) {
            return;
        }
        asking = true;
        peers.apply(others)
                .whenComplete((ready, failure) -> thread.execute(() -> {
                    asking = false;
                    found = failure != null || ready.isEmpty() || whyNotReady.get() == null ? 0 : found + 1;
                    if (found >= LOOKS) {
                        away.accept(ready);
                    }
                }));
    }
}
