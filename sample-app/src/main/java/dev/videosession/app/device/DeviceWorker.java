package dev.videosession.app.device;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.jspecify.annotations.Nullable;

/** A thread on which devices are opened and closed, one task after the other, because that takes up to a second. */
final class DeviceWorker implements AutoCloseable {
    private final ExecutorService executor;

    DeviceWorker(String name) {
        executor = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Runs a task, or does nothing after {@link #close()}. */
    void run(Runnable task) {
        executor.execute(task);
    }

    /** Runs a task; the outcome comes on the Swing thread: null, or what failed. Does nothing after {@link #close()}. */
    void run(Callable<?> task, Consumer<@Nullable Throwable> outcome) {
        executor.execute(() -> {
            Throwable failure = null;
            try {
                task.call();
            } catch (Exception | Error e) { // an Error of a native library, too
                failure = e;
            }
            Throwable result = failure;
            SwingUtilities.invokeLater(() -> outcome.accept(result));
        });
    }

    /** Runs what was given to it, and nothing more. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
