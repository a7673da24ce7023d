package dev.videosession.session.internal.dispatch;

import dev.videosession.session.internal.loop.HandOverExecutor;
import dev.videosession.session.internal.loop.SerialExecutor;
import dev.videosession.session.internal.loop.SharedThreads;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application: in order, one call at a time, on the executor it chose, never under a lock and never on a thread of
 * a loop, whatever the executor does. A slow callback delays only the later ones of its own session. An exception of a callback
 * is logged.
 */
public final class CallbackQueue {
    private static final Logger LOG = LoggerFactory.getLogger(CallbackQueue.class);

    private final SerialExecutor order;

    public CallbackQueue(Executor executor) {
        this(executor, SharedThreads.callbacks());
    }

    /** For tests in virtual time: with other threads than the library's pool to hand over on. */
    public CallbackQueue(Executor executor, Executor threads) {
        Executor handOver = executor == threads ? threads : new HandOverExecutor(executor, threads);
        this.order = new SerialExecutor("callbacks", handOver);
    }

    public void post(Runnable task) {
        order.execute(task);
    }

    public <L> void post(Iterable<L> listeners, Consumer<? super L> call) {
        order.execute(() -> tell(listeners, call));
    }

    /** Calls every listener now; for use inside a posted task. */
    public static <L> void tell(Iterable<L> listeners, Consumer<? super L> call) {
        for (L listener : listeners) {
            guard(() -> call.accept(listener));
        }
    }

    static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("event=callbackFailed", e);
        }
    }
}
