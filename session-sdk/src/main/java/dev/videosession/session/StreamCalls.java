package dev.videosession.session;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.StreamChange;
import dev.videosession.protocol.StreamDestroyReason;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Carries the calls of publishers and subscribers to the session's loop. May be used from any thread. */
final class StreamCalls {
    private final SessionEngine engine;

    StreamCalls(SessionEngine engine) {
        this.engine = engine;
    }

    private void ifConnected(Consumer<EstablishedConnection> action) {
        engine.loop().execute(() -> {
            EstablishedConnection current = engine.established();
            if (current != null) {
                action.accept(current);
            }
        });
    }

    void unpublish(Publisher publisher, StreamDestroyReason reason, Outcome outcome) {
        engine.whenConnected(outcome, current -> current.local().unpublish(publisher, reason, outcome));
    }

    void drop(Publisher publisher, Consumer<@Nullable Stream> afterwards) {
        engine.loop().execute(() -> {
            EstablishedConnection current = engine.established();
            if (current == null) {
                afterwards.accept(null);
            } else {
                current.local().drop(publisher, afterwards);
            }
        });
    }

    void streamChanged(Publisher publisher, StreamChange change) {
        ifConnected(current -> current.local().changed(publisher, change));
    }

    void pictureChanged(Publisher publisher) {
        ifConnected(current -> current.local().pictureChanged(publisher));
    }

    void subscribe(Subscriber subscriber) {
        engine.loop().execute(() -> {
            EstablishedConnection current = engine.established();
            if (current == null || engine.state() == SessionState.DISCONNECTING) {
                subscriber.failed(engine.notConnected());
            } else {
                current.subscribe(subscriber);
            }
        });
    }

    void subscriptionChanged(Subscriber subscriber) {
        ifConnected(current -> current.remote().changed(subscriber));
    }

    void drop(Subscriber subscriber) {
        ifConnected(current -> current.remote().drop(subscriber));
    }

    Single<LinkStats> stats(Subscriber subscriber) {
        return statistics(current -> {
            IncomingStream stream = current.remote().stream(subscriber);
            return stream == null
                    ? CompletableFuture.failedFuture(
                            SessionException.of(ErrorCode.SUBSCRIBE_STREAM_NOT_FOUND, "the subscription has ended"))
                    : OpenLinks.only(stream.stats());
        });
    }

    Single<Map<ConnectionId, LinkStats>> stats(Publisher publisher) {
        return statistics(current -> {
            Publication publication = current.local().publication(publisher);
            return publication == null ? CompletableFuture.completedFuture(Map.of()) : publication.stats();
        });
    }

    private <T> Single<T> statistics(Function<EstablishedConnection, CompletableFuture<T>> question) {
        SingleSubject<T> result = SingleSubject.create();
        engine.loop().execute(() -> {
            EstablishedConnection current = engine.established();
            CompletableFuture<T> answer =
                    current == null ? CompletableFuture.failedFuture(engine.notConnected()) : question.apply(current);
            answer.whenComplete((value, failure) -> engine.callbacks().post(() -> {
                if (failure == null) {
                    result.onSuccess(value);
                } else {
                    result.onError(failure);
                }
            }));
        });
        return result.hide();
    }
}
