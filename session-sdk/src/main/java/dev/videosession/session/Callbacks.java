package dev.videosession.session;

import dev.videosession.session.loop.SerialExecutor;
import dev.videosession.session.loop.SharedThreads;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the application: in order, one call at a time, on the executor it chose, never under a lock. What a callback
 * throws is logged and goes no further.
 */
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final SerialExecutor order;

    Callbacks(Executor executor) {
        this.order = new SerialExecutor("callbacks", executor, SharedThreads.callbacks());
    }

    void post(Runnable task) {
        order.execute(task);
    }

    <L> void post(Iterable<L> listeners, Consumer<? super L> call) {
        order.execute(() -> tell(listeners, call));
    }

    /** Calls every listener now; for use inside a posted task. */
    static <L> void tell(Iterable<L> listeners, Consumer<? super L> call) {
        for (L listener : listeners) {
            guard(() -> call.accept(listener));
        }
    }

    static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a callback of the application failed", e);
        }
    }
}
