package dev.videosession.session.internal.dispatch;

import io.reactivex.rxjava3.observers.TestObserver;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private final CallbackQueue callbacks = new CallbackQueue(Runnable::run, Runnable::run);

    @Test
    void aFailureArrivesWithoutTheWrappersOfFutures() {
        IllegalStateException cause = new IllegalStateException("no media link");
        CompletableFuture<String> failed = new CompletableFuture<>();
        CompletableFuture<String> derived = failed.thenCombine(CompletableFuture.completedFuture("b"), (a, b) -> a + b)
                .thenApply(text -> text);
        TestObserver<String> answer = Answers.on(callbacks, derived).test();

        failed.completeExceptionally(cause);

        answer.assertError(error -> error == cause);
    }

    @Test
    void aValueArrives() {
        Answers.on(callbacks, CompletableFuture.completedFuture("a")).test().assertValue("a");
    }
}
