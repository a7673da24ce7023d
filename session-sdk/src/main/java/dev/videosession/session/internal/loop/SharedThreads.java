package dev.videosession.session.internal.loop;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.schedulers.Schedulers;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The library's own threads: daemons that end after some idle seconds. */
public final class SharedThreads {
    private static final long KEEP_ALIVE_SECONDS = 3;
    private static final ScheduledThreadPoolExecutor LOOPS = new ScheduledThreadPoolExecutor(2, named("session-loop"));
    private static final Scheduler LOOP_SCHEDULER = Schedulers.from(LOOPS);
    private static final ThreadPoolExecutor CALLBACKS = cached("session-callback");
    private static final ThreadPoolExecutor BLOCKING = cached("session-blocking");

    static {
        LOOPS.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
        LOOPS.allowCoreThreadTimeOut(true);
        LOOPS.setRemoveOnCancelPolicy(true);
    }

    private SharedThreads() {}

    static Scheduler loops() {
        return LOOP_SCHEDULER;
    }

    /** {@return the executor for callbacks, unless the application chose another one; creates threads as needed} */
    public static Executor callbacks() {
        return CALLBACKS;
    }

    /** {@return the executor for calls that may block, like opening a camera or closing media; creates threads as needed} */
    public static Executor blocking() {
        return BLOCKING;
    }

    private static ThreadPoolExecutor cached(String name) {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named(name));
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
