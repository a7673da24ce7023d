package dev.videosession.session;

import dev.videosession.protocol.ServerMessage;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;

/**
 * The result of one call of the application. The call has started whether or not anybody subscribes; the result arrives
 * on the callback executor, in order with the events.
 */
final class Outcome {
    private final CompletableSubject subject = CompletableSubject.create();
    private final Callbacks callbacks;

    Outcome(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    Completable completable() {
        return subject.hide();
    }

    void succeed() {
        callbacks.post(subject::onComplete);
    }

    void fail(SessionException error) {
        callbacks.post(() -> subject.onError(error));
    }

    void settle(ServerMessage.Reply reply) {
        if (reply instanceof ServerMessage.Failed failed) {
            fail(SessionException.of(failed));
        } else {
            succeed();
        }
    }
}
