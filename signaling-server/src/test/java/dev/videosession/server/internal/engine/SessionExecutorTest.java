package dev.videosession.server.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.SessionId;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionExecutorTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> ran = new ArrayList<>();
    private final SessionExecutor loop =
            new SessionExecutor(new SessionId("s"), channel.eventLoop(), () -> ran.add("after"));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void tasksThatArriveWhilePartsAreCreatedRunInOrderOnceTheyExist() {
        loop.execute(() -> ran.add("first"));
        CompletableFuture<Void> result = new CompletableFuture<>();
        loop.execute(result, () -> result.complete(null));
        channel.runPendingTasks();
        assertThat(ran).isEmpty();
        assertThat(result).isNotDone();
        loop.start();
        loop.execute(() -> ran.add("second"));
        channel.runPendingTasks();
        assertThat(result).isCompleted();
        assertThat(ran).containsExactly("first", "after", "after", "second", "after");
    }

    @Test
    void taskThatThrowsStopsNoOther() {
        loop.start();
        CompletableFuture<Void> failed = new CompletableFuture<>();
        loop.execute(failed, () -> {
            throw new IllegalArgumentException("on purpose");
        });
        loop.execute(() -> ran.add("next"));
        channel.runPendingTasks();
        assertThat(failed).isCompletedExceptionally();
        assertThat(ran).containsExactly("after", "next", "after");
    }
}
