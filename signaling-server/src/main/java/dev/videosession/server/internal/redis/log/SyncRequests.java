package dev.videosession.server.internal.redis.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The tasks that wait until a log was read. One question is under way at a time. Belongs to the session's loop. */
final class SyncRequests {
    private final Consumer<Consumer<Runnable>> question;
    private final Deque<Runnable> waiting = new ArrayDeque<>(0);
    private boolean asking;
    private boolean closed;

    /**
     * Creates it without requests.
     *
     * @param question asks Redis, and passes on what is to be done with its answer
     */
    SyncRequests(Consumer<Consumer<Runnable>> question) {
        this.question = question;
    }

    /** Runs a task when everything that is in the log now was read, or cannot be. */
    void add(Runnable then, boolean mayAsk) {
        if (closed) {
            then.run();
            return;
        }
        waiting.add(then);
        if (mayAsk) {
            ask();
        }
    }

    /** Asks for the tasks that wait, unless a question is under way. */
    void ask() {
        if (asking || closed || waiting.isEmpty()) {
            return;
        }
        asking = true;
        List<Runnable> served = List.copyOf(waiting);
        waiting.clear();
        question.accept(use -> {
            asking = false;
            use.run();
            served.forEach(Runnable::run);
            ask();
        });
    }

    /** Runs the tasks that wait. */
    void close() {
        closed = true;
        List<Runnable> unserved = List.copyOf(waiting);
        waiting.clear();
        unserved.forEach(Runnable::run);
    }
}
