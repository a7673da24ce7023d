package dev.videosession.server.internal.presence;

import dev.videosession.server.internal.engine.NodeDirectory;
import dev.videosession.server.internal.engine.SessionExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The time for which a lost connection waits for its client. Time in which the session's log could not be written does not count:
 * no client could resume meanwhile. Belongs to the session's loop.
 */
final class ResumeWindow {
    private final SessionExecutor loop;
    private final NodeDirectory nodes;
    private final long millis;

    /** The length is in milliseconds. */
    ResumeWindow(SessionExecutor loop, NodeDirectory nodes, long millis) {
        this.loop = loop;
        this.nodes = nodes;
        this.millis = millis;
    }

    long millis() {
        return millis;
    }

    /** Runs a task after the whole window. */
    void begin(Runnable task) {
        schedule(millis, task);
    }

    private void schedule(long wait, Runnable task) {
        var unused = loop.schedule(
                () -> {
                    long missing = missingMillis();
                    if (missing > 0) {
                        schedule(missing, task);
                    } else {
                        task.run();
                    }
                },
                TimeUnit.MILLISECONDS.toNanos(wait));
    }

    /** {@return for how many milliseconds the log must be writable before the window can end; 0 if it was for the whole window} */
    long missingMillis() {
        return Math.max(0, millis - nodes.writableMillis());
    }
}
