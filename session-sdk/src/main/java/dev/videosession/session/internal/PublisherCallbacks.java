package dev.videosession.session.internal;

import dev.videosession.session.PublisherListener;
import dev.videosession.session.internal.dispatch.Answers;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.dispatch.PendingResult;
import io.reactivex.rxjava3.core.Single;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The listeners of one publisher, and the queue on which they are called: that of the session that it is in, or was in last. May be
 * used from any thread.
 */
final class PublisherCallbacks {
    private final CopyOnWriteArrayList<PublisherListener> listeners = new CopyOnWriteArrayList<>();
    private final BooleanSupplier ended;
    private volatile CallbackQueue queue;

    /**
     * Creates it without listeners.
     *
     * @param ended tells whether the end of the publisher was reported
     * @param queue of a publisher without a session
     */
    PublisherCallbacks(BooleanSupplier ended, CallbackQueue queue) {
        this.ended = ended;
        this.queue = queue;
    }

    void use(CallbackQueue next) {
        queue = next;
    }

    void add(PublisherListener listener) {
        listeners.addIfAbsent(Objects.requireNonNull(listener, "listener"));
    }

    void remove(PublisherListener listener) {
        listeners.remove(Objects.requireNonNull(listener, "listener"));
    }

    boolean isEmpty() {
        return listeners.isEmpty();
    }

    /** Calls the listeners, unless the end of the publisher has been reported by then. */
    void tell(Consumer<PublisherListener> call) {
        post(() -> {
            if (!ended.getAsBoolean()) {
                tellNow(call);
            }
        });
    }

    /** Calls the listeners at once. For use in a callback. */
    void tellNow(Consumer<PublisherListener> call) {
        CallbackQueue.tell(listeners, call);
    }

    void post(Runnable callback) {
        queue.post(callback);
    }

    /** {@return the outcome of a future, reported on the queue} */
    <T> Single<T> answer(CompletableFuture<T> future) {
        return Answers.on(queue, future);
    }

    /** {@return the outcome of a command that the application does not wait for} */
    PendingResult newResult() {
        return new PendingResult(queue);
    }
}
