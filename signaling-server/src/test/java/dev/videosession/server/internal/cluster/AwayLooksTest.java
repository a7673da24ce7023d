package dev.videosession.server.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AwayLooksTest {
    private static final NodeInfo OTHER = new NodeInfo("other", null, "", false, false, Map.of());
    private static final List<NodeInfo> READY = List.of(OTHER);

    private final List<List<NodeInfo>> sentTo = new ArrayList<>();
    private CompletableFuture<List<NodeInfo>> answer = new CompletableFuture<>();
    private int asked;
    private @Nullable String reason = "no connection to Redis";

    private final AwayLooks looks = new AwayLooks(
            nodes -> {
                asked++;
                return answer;
            },
            Runnable::run);

    private void look() {
        looks.look(READY, () -> reason, sentTo::add);
    }

    private void look(List<NodeInfo> ready) {
        answer = CompletableFuture.completedFuture(ready);
        look();
    }

    @Test
    void clientsGoToANodeThatIsReadyThreeTimesInARow() {
        look(READY);
        look(READY);
        assertThat(sentTo).isEmpty();
        look(READY);
        assertThat(sentTo).containsExactly(READY);
        look(READY);
        assertThat(sentTo).as("those that have come meanwhile").hasSize(2);
    }

    @Test
    void nothingIsCountedAcrossALookThatFoundNoNode() {
        look(READY);
        look(READY);
        look(List.of());
        look(READY);
        look(READY);
        answer = CompletableFuture.failedFuture(new IllegalStateException());
        look();
        look(READY);
        look(READY);
        assertThat(sentTo).isEmpty();
    }

    @Test
    void nodeThatIsReadyItselfKeepsItsClients() {
        look(READY);
        look(READY);
        reason = null;
        look(READY);
        reason = "no connection to Redis";
        look(READY);
        look(READY);
        looks.forget();
        look(READY);
        look(READY);
        assertThat(sentTo).isEmpty();
    }

    @Test
    void looksOnceAtATime() {
        look();
        look();
        look();
        assertThat(asked).isEqualTo(1);
        answer.complete(READY);
        look(READY);
        look(READY);
        assertThat(sentTo).hasSize(1);
    }
}
