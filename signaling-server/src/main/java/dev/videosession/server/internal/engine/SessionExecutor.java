package dev.videosession.server.internal.engine;

import dev.videosession.protocol.SessionId;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of one session, on which its tasks run one after the other, once it has started. A task that throws is logged and
 * stops no other. Thread-safe.
 */
public final class SessionExecutor implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SessionExecutor.class);

    private final SessionId session;
    private final EventLoop loop;
    private final Runnable afterEach;
    private final List<Runnable> early = new ArrayList<>(2); // guarded by this
    private volatile boolean started;

    /**
     * Creates the loop of a session.
     *
     * @param session its id, for log lines
     * @param loop where tasks run
     * @param afterEach called on the loop after each task
     */
    public SessionExecutor(SessionId session, EventLoop loop, Runnable afterEach) {
        this.session = session;
        this.loop = loop;
        this.afterEach = afterEach;
    }

    /**
     * Runs the tasks that have arrived, in order, and all later ones. To be called once, when all parts of the session exist: the
     * log of a session may answer on another thread while they are created.
     */
    public void start() {
        synchronized (this) {
            try {
                early.forEach(loop::execute);
            } catch (RejectedExecutionException e) {
                LOG.debug("event=taskDiscarded session={} cause=shutdown", session);
            }
            early.clear();
            started = true; // a task that arrives from now on follows those
        }
    }

    private void submit(Runnable task) {
        if (!started) {
            synchronized (this) {
                if (!started) {
                    early.add(task);
                    return;
                }
            }
        }
        loop.execute(task);
    }

    /**
     * Runs a task soon. It is discarded if the server has stopped.
     *
     * @param task the task
     */
    @Override
    public void execute(Runnable task) {
        try {
            submit(() -> run(task));
        } catch (RejectedExecutionException e) {
            LOG.debug("event=taskDiscarded session={} cause=shutdown", session);
        }
    }

    /**
     * Runs a task soon that completes a future, now or later. The future fails if the task throws or the server has stopped.
     *
     * @param result to be completed
     * @param task the task
     */
    public void execute(CompletableFuture<?> result, Runnable task) {
        try {
            submit(() -> run(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    result.completeExceptionally(new IllegalStateException("The session failed. The log says why.", e));
                    throw e;
                }
            }));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(e);
        }
    }

    /**
     * Runs a task later.
     *
     * @param task the task
     * @param nanos how much later, in nanoseconds
     * @return cancels the task
     */
    public Future<?> schedule(Runnable task, long nanos) {
        return loop.schedule(() -> run(task), nanos, TimeUnit.NANOSECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("event=sessionFailed session={}", session, e);
        }
        afterEach.run();
    }
}
