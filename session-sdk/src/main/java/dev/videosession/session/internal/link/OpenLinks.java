package dev.videosession.session.internal.link;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.session.SessionException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Collects answers of links that may be closed before they answer. */
public final class OpenLinks {
    private OpenLinks() {}

    /** {@return the answers of all links, without those that were closed meanwhile; never fails} */
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

    /** {@return the answer of a link; if it was closed meanwhile, fails as for a subscription that has ended} */
    public static <T> CompletableFuture<T> only(CompletableFuture<T> asked) {
        return asked.exceptionallyCompose(closed -> CompletableFuture.failedFuture(
                new SessionException(ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "the subscription has no media link")));
    }
}
