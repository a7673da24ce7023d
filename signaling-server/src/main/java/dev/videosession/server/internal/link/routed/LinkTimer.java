package dev.videosession.server.internal.link.routed;

/** Runs tasks on a session's loop later. */
@FunctionalInterface
public interface LinkTimer {
    /**
     * Runs a task once, unless the server stops before.
     *
     * @param task the task
     * @param nanos how much later, in nanoseconds
     */
    void schedule(Runnable task, long nanos);
}
