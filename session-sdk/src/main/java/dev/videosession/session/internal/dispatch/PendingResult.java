package dev.videosession.session.internal.dispatch;

import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.SessionException;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.subjects.CompletableSubject;

/**
 * The result of one call of the application. The call has started whether or not the result is subscribed to; the result arrives
 * on the callback executor, in order with the events.
 */
public final class PendingResult {
    private final CompletableSubject subject = CompletableSubject.create();
    private final CallbackQueue callbacks;

    public PendingResult(CallbackQueue callbacks) {
        this.callbacks = callbacks;
    }

    public Completable completable() {
        return subject.hide();
    }

    public void succeed() {
        callbacks.post(subject::onComplete);
    }

    public void fail(SessionException error) {
        callbacks.post(() -> subject.onError(error));
    }

    public void settle(ServerMessage.Reply reply) {
        if (reply instanceof ServerMessage.Failed failed) {
            fail(SessionErrors.of(failed));
        } else {
            succeed();
        }
    }
}
