package dev.videosession.session.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    /** Threads hand over to each other all the time here: every task must find itself the only one, and current. */
    @Test
    void everyTaskIsAloneAndCurrentWhateverThreadItRunsOn() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            SerialExecutor serial = new SerialExecutor("test", threads);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger wrong = new AtomicInteger();
            int tasks = 200_000;
            CountDownLatch done = new CountDownLatch(tasks);
            for (int i = 0; i < tasks; i++) {
                serial.execute(() -> {
                    if (inside.incrementAndGet() != 1 || !serial.isCurrent()) {
                        wrong.incrementAndGet();
                    }
                    inside.decrementAndGet();
                    done.countDown();
                });
                if (i % 3 == 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(wrong).hasValue(0);
            assertThat(serial.isCurrent()).isFalse();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void taskThatFailsDoesNotStopThoseBehindIt() {
        List<String> run = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor("test", Runnable::run);
        serial.execute(() -> {
            serial.execute(() -> run.add("behind"));
            throw new AssertionError("broken task");
        });
        assertThat(run).containsExactly("behind");
    }
}
