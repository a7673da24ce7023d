package dev.videosession.session.internal.lifecycle;

import dev.videosession.session.SessionException;
import dev.videosession.session.internal.connection.DeferredCommand;
import dev.videosession.session.internal.connection.EstablishedConnection;
import dev.videosession.session.internal.dispatch.Answers;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.dispatch.PendingResult;
import dev.videosession.session.internal.loop.SessionLoop;
import io.reactivex.rxjava3.core.Single;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one route from the API to the loop of a session. Methods may be called from any thread and only enqueue; their
 * arguments run on the loop, in the order of the calls.
 */
public final class SessionCommands {
    private final SessionController controller;
    private final SessionLoop loop;
    private final CallbackQueue callbacks;

    public SessionCommands(SessionController controller, SessionLoop loop, CallbackQueue callbacks) {
        this.controller = controller;
        this.loop = loop;
        this.callbacks = callbacks;
    }

    public void connect(String token, PendingResult result) {
        loop.execute(() -> controller.connect(token, result));
    }

    public void disconnect(PendingResult result) {
        loop.execute(() -> controller.disconnect(result));
    }

    public void close() {
        loop.execute(controller::close);
    }

    /**
     * Runs a command if the session is connected. A session that is connecting runs it when it is connected; if that fails, the
     * command is refused with the same error. In all other cases it is refused at once.
     */
    public void submit(Consumer<EstablishedConnection> command, Consumer<SessionException> refused) {
        loop.execute(() -> controller.submit(new DeferredCommand(command, refused)));
    }

    /** Runs an action if there is an established connection. */
    public void update(Consumer<EstablishedConnection> action) {
        update(action, () -> {});
    }

    /** Runs an action if there is an established connection, and otherwise another one. */
    public void update(Consumer<EstablishedConnection> action, Runnable otherwise) {
        loop.execute(() -> {
            EstablishedConnection current = controller.established();
            if (current == null) {
                otherwise.run();
            } else {
                action.accept(current);
            }
        });
    }

    /** {@return the answer to a question about the established connection; fails if there is none} */
    public <T> Single<T> query(Function<EstablishedConnection, CompletableFuture<T>> question) {
        CompletableFuture<CompletableFuture<T>> asked = new CompletableFuture<>();
        loop.execute(() -> {
            EstablishedConnection current = controller.established();
            asked.complete(
                    current == null
                            ? CompletableFuture.failedFuture(controller.whyNotConnected())
                            : question.apply(current));
        });
        return Answers.on(callbacks, asked.thenCompose(answer -> answer));
    }
}
