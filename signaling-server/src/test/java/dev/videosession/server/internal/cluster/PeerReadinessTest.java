package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PeerReadinessTest {
    private static final NodeInfo OTHER = new NodeInfo("other", null, "", false, false, Map.of());
    private static final List<NodeInfo> READY = List.of(OTHER);

    private final List<List<NodeInfo>> movedTo = new ArrayList<>();
    private CompletableFuture<List<NodeInfo>> answer = new CompletableFuture<>();
    private int asked;
    private @Nullable String reason = "no connection to Redis";

    private final PeerReadiness readiness = new PeerReadiness(
            nodes -> {
                asked++;
                return answer;
            },
            Runnable::run);

    private void check() {
        readiness.check(READY, () -> reason, movedTo::add);
    }

    private void check(List<NodeInfo> ready, int times) {
        answer = CompletableFuture.completedFuture(ready);
        for (int i = 0; i < times; i++) {
            check();
        }
    }

    @Test
    void clientsMoveToANodeThatIsReadyInManyChecksInARow() {
        check(READY, PeerReadiness.CHECKS - 1);
        assertThat(movedTo).isEmpty();
        check(READY, 1);
        assertThat(movedTo).containsExactly(READY);
        check(READY, 1);
        assertThat(movedTo).as("those that have come meanwhile").hasSize(2);
    }

    @Test
    void nothingIsCountedAcrossACheckThatFoundNoNode() {
        check(READY, PeerReadiness.CHECKS - 1);
        check(List.of(), 1);
        check(READY, PeerReadiness.CHECKS - 1);
        answer = CompletableFuture.failedFuture(new IllegalStateException());
        check();
        check(READY, PeerReadiness.CHECKS - 1);
        assertThat(movedTo).isEmpty();
    }

    @Test
    void nodeThatIsReadyItselfKeepsItsClients() {
        check(READY, PeerReadiness.CHECKS - 1);
        reason = null;
        check(READY, 1);
        reason = "no connection to Redis";
        check(READY, PeerReadiness.CHECKS - 1);
        readiness.reset();
        check(READY, PeerReadiness.CHECKS - 1);
        assertThat(movedTo).isEmpty();
    }

    @Test
    void checksOnceAtATime() {
        check();
        check();
        check();
        assertThat(asked).isEqualTo(1);
        answer.complete(READY);
        check(READY, PeerReadiness.CHECKS - 1);
        assertThat(movedTo).hasSize(1);
    }
}
