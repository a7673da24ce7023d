package dev.videosession.session.internal.dispatch;

import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reports results of other threads to the application, on its executor, in order with the events. */
public final class Answers {
    private Answers() {}

    public static <T> Single<T> on(CallbackQueue callbacks, CompletableFuture<T> future) {
        SingleSubject<T> result = SingleSubject.create();
        future.whenComplete((value, failure) -> callbacks.post(() -> settle(result, value, failure)));
        return result.hide();
    }

    private static <T> void settle(SingleSubject<T> result, @Nullable T value, @Nullable Throwable failure) {
        if (failure != null) {
            result.onError(SessionErrors.unwrap(failure));
        } else if (value != null) {
            result.onSuccess(value);
        }
    }
}
