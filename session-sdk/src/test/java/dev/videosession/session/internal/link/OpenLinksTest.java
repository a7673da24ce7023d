package dev.videosession.session.internal.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class OpenLinksTest {
    @Test
    void linksThatCloseMeanwhileAreLeftOut() {
        Map<String, CompletableFuture<Integer>> asked = new LinkedHashMap<>();
        asked.put("closed", CompletableFuture.failedFuture(new CancellationException("The link is closed")));
        asked.put("slow", new CompletableFuture<>());
        asked.put("closing", new CompletableFuture<>());
        asked.put("open", CompletableFuture.completedFuture(1));

        CompletableFuture<Map<String, Integer>> all = OpenLinks.collect(asked);
        assertThat(all).isNotDone();
        asked.get("closing").completeExceptionally(new CancellationException("The link is closed"));
        asked.get("slow").complete(2);

        assertThat(all).isCompletedWithValue(Map.of("slow", 2, "open", 1));
    }

    @Test
    void noLinksAreAnEmptyMap() {
        assertThat(OpenLinks.collect(Map.of())).isCompletedWithValue(Map.of());
    }

    @Test
    void subscriptionWhoseLinkClosesMeanwhileFailsAsOneThatHasEnded() {
        CompletableFuture<Integer> asked = new CompletableFuture<>();
        CompletableFuture<Integer> only = OpenLinks.only(asked);

        asked.completeExceptionally(new CancellationException("The link is closed"));

        assertThat(only)
                .failsWithin(1, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .asInstanceOf(InstanceOfAssertFactories.type(SessionException.class))
                .extracting(SessionException::code)
                .isEqualTo(ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND.code());
    }
}
