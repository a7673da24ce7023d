package dev.videosession.session.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class HandOverExecutorTest {
    private final List<String> run = new ArrayList<>();

    @Test
    void executorThatThrowsAnythingLosesNoTask() {
        Executor executor = new HandOverExecutor(
                task -> {
                    throw new IllegalStateException("event queue has ended");
                },
                Runnable::run);
        executor.execute(() -> run.add("first"));
        executor.execute(() -> run.add("second"));
        assertThat(run).containsExactly("first", "second");
    }

    @Test
    void executorThatThrowsAfterRunningTheTaskRunsItOnce() {
        Executor executor = new HandOverExecutor(
                task -> {
                    task.run();
                    throw new IllegalStateException("too late");
                },
                Runnable::run);
        executor.execute(() -> run.add("only"));
        assertThat(run).containsExactly("only");
    }

    @Test
    void callingThreadOnlyEnqueuesEvenIfTheExecutorRunsTasksInTheirCaller() {
        List<Runnable> pool = new ArrayList<>();
        Executor executor = new HandOverExecutor(Runnable::run, pool::add);

        executor.execute(() -> run.add("task"));
        assertThat(run).isEmpty();

        pool.forEach(Runnable::run);
        assertThat(run).containsExactly("task");
    }
}
