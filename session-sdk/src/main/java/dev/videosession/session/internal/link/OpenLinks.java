package dev.videosession.session.internal.link;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What links answer that may be closed before they answer. */
public final class OpenLinks {
    private OpenLinks() {}

    /** The answers of all links, without those that were closed meanwhile. Never fails. */
    public static <K, T> CompletableFuture<Map<K, T>> collect(Map<K, CompletableFuture<T>> asked) {
        Map<K, T> answers = new LinkedHashMap<>();
        CompletableFuture<Map<K, T>> all = CompletableFuture.completedFuture(answers);
        for (Map.Entry<K, CompletableFuture<T>> each : asked.entrySet()) {
            CompletionStage<Runnable> entry = each.getValue()
                    .handle((answer, failure) -> failure == null ? () -> answers.put(each.getKey(), answer) : () -> {});
            all = all.thenCombine(entry, (done, put) -> {
                put.run();
                return done;
            });
        }
        return all;
    }

    /** The answer of a link; fails as the end of its subscription does if it was closed meanwhile. */
    public static <T> CompletableFuture<T> only(CompletableFuture<T> asked) {
        return asked.exceptionallyCompose(closed -> CompletableFuture.failedFuture(
                new SessionException(ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "the subscription has no media link")));
    }
}
