package dev.videosession.app.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A termination request, from the operating system (SIGTERM, SIGINT) or from the program itself. The thread that waits
 * for it can then stop things in order and choose the exit code.
 */
public final class StopSignal {
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Makes a signal that has not been requested. */
    public StopSignal() {}

    /**
     * Listens to SIGTERM and SIGINT from now on. The second signal ends the process at once.
     *
     * @return this
     */
    public StopSignal onTermination() {
        Signals.handle("TERM", () -> onSignal(143));
        Signals.handle("INT", () -> onSignal(130));
        return this;
    }

    /** Requests termination. A second call does nothing. */
    public void request() {
        requested.countDown();
    }

    /**
     * Waits for the request.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void await() throws InterruptedException {
        requested.await();
    }

    /**
     * Waits for the request, at most for a time.
     *
     * @param limit how long
     * @return true if it was requested
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean await(Duration limit) throws InterruptedException {
        return requested.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void onSignal(int exitCode) {
        if (requested.getCount() == 0) {
            Runtime.getRuntime().halt(exitCode);
        }
        request();
    }
}
