package dev.videosession.server.internal.memory;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when an {@link OutOfMemoryError} reaches a thread of the server, be it about the heap or about direct
 * memory: after one, any part of any session may be in a state that its code does not expect, and a supervisor's restart
 * brings clients back within seconds. {@code -XX:+ExitOnOutOfMemoryError} does the same for all threads of the process, but
 * does not see errors about direct memory, which Java code throws.
 */
public final class OutOfMemory {
    /** The exit code, that of {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(OutOfMemory.class);
    private static final int MAX_CAUSES = 16;
    private static final long LOG_MILLIS = 250;
    private static final long LIMIT_MILLIS = 2000;

    private static final AtomicBoolean REPORTED = new AtomicBoolean();

    private static volatile Runnable action = OutOfMemory::halt;

    private OutOfMemory() {}

    /**
     * Replaces the end of the process, for programs that embed the server and have their own way to end. Memory belongs to
     * the process, so this is for all servers in it.
     *
     * @param newAction called once, on the thread that met the error; it should end the process within seconds and must expect
     *     to find no memory
     */
    public static void onError(Runnable newAction) {
        action = newAction;
    }

    /**
     * Acts if a failure is an {@link OutOfMemoryError} or was caused by one.
     *
     * @param failure what was caught; null for none
     */
    public static void check(@Nullable Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                report(error);
                return;
            }
            cause = cause.getCause();
        }
    }

    private static void report(OutOfMemoryError error) {
        if (!REPORTED.compareAndSet(false, true)) {
            return;
        }
        Runnable end = action;
        if (startTimer(end)) {
            log(error);
        }
        end.run();
    }

    /** Writing the log may block. Without memory for a thread there is no line. */
    private static boolean startTimer(Runnable end) {
        try {
            Thread timer = new Thread(
                    () -> {
                        pause(LIMIT_MILLIS);
                        end.run();
                    },
                    "out-of-memory");
            timer.setDaemon(true);
            timer.start();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private static void log(OutOfMemoryError error) {
        try {
            LOG.error("event=outOfMemory exit={}", EXIT_CODE, error);
            pause(LOG_MILLIS); // for a log that is written in the background
        } catch (OutOfMemoryError e) {
            pause(0);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not {@code exit}: its hooks need memory, and one of them closes the server, which waits for this thread. */
    private static void halt() {
        Runtime.getRuntime().halt(EXIT_CODE);
    }

    /**
     * Wraps a task so that {@link #check} sees what it throws.
     *
     * @param task to be run
     * @return the same task
     */
    public static Runnable guard(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (OutOfMemoryError e) {
                check(e);
                throw e;
            }
        };
    }

    /**
     * Creates a timer with one thread, and guards its tasks.
     *
     * @param threads makes the thread
     * @return the timer
     */
    public static ScheduledExecutorService newTimer(ThreadFactory threads) {
        return new ScheduledThreadPoolExecutor(1, threads) {
            @Override
            protected void afterExecute(Runnable task, @Nullable Throwable failure) {
                if (failure != null) {
                    check(failure);
                } else if (task instanceof Future<?> future && future.isDone() && !future.isCancelled()) {
                    checkResult(future);
                }
            }
        };
    }

    private static void checkResult(Future<?> done) {
        try {
            done.get();
        } catch (Exception e) {
            check(e);
        }
    }
}
