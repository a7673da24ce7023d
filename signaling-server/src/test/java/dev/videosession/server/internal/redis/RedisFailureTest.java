package dev.videosession.server.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "OOM command not allowed when used memory > 'maxmemory'.",
                "MISCONF Redis is configured to save RDB snapshots",
                "READONLY You can't write against a read only replica.",
                "LOADING Redis is loading the dataset in memory",
                "NOREPLICAS Not enough good replicas to write.",
                "NOPERM User app has no permissions to run the 'evalsha' command"
            })
    void refusalBecauseOfItsOwnStateIsAnOutage(String answer) {
        assertThat(RedisFailure.isOutage(new CompletionException(new RedisCommandExecutionException(answer))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERR user_script:73: attempt to index a nil value",
                "ERR unknown command 'XADDD'",
                "WRONGTYPE Operation against a key"
            })
    void refusalOfAWrongCommandIsABug(String answer) {
        assertThat(RedisFailure.isOutage(new CompletionException(new RedisCommandExecutionException(answer))))
                .isFalse();
    }

    static Stream<Throwable> losses() {
        return Stream.of(
                new RedisDownException(),
                new IOException("Connection reset"),
                new RedisCommandTimeoutException("Command timed out after 5 second(s)"),
                new RedisConnectionException("Unable to connect", new IOException("refused")));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void lossOfTheConnectionIsAnOutage(Throwable loss) {
        assertThat(RedisFailure.isOutage(new CompletionException(loss))).isTrue();
    }

    @Test
    void anythingElseIsABug() {
        assertThat(RedisFailure.isOutage(new IllegalStateException("bug"))).isFalse();
    }
}
