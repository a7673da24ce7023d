package dev.videosession.server.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisConnectionException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A refusal that Lettuce loses is asked for once more. */
class RedisConnectorTest {
    private final AtomicInteger attempts = new AtomicInteger();

    private static Exception lost() {
        return new CompletionException(new IllegalStateException("no handler"));
    }

    private static Exception refused() {
        return new RedisConnectionException("Unable to connect", new RedisConnectionException("NOAUTH"));
    }

    /** Fails with these, one after the other, and then connects. */
    private String connect(Exception... failures) {
        return RedisConnector.answered(() -> attempt(failures))
                .toCompletableFuture()
                .join();
    }

    private CompletionStage<String> attempt(Exception... failures) {
        int number = attempts.getAndIncrement();
        return number < failures.length
                ? CompletableFuture.failedStage(failures[number])
                : CompletableFuture.completedStage("connected");
    }

    @Test
    void lostAnswerIsAskedForAgain() {
        assertThat(connect(lost())).isEqualTo("connected");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void refusalAfterALostAnswerIsReported() {
        assertThatThrownBy(() -> connect(lost(), refused())).hasRootCauseMessage("NOAUTH");
        assertThat(attempts).hasValue(2);
    }

    @Test
    void refusalIsNotRepeated() {
        assertThatThrownBy(() -> connect(refused())).hasRootCauseMessage("NOAUTH");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void secondLostAnswerIsAFailure() {
        assertThatThrownBy(() -> connect(lost(), lost())).hasRootCauseMessage("no handler");
        assertThat(attempts).hasValue(2);
    }
}
