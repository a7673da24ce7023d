package dev.videosession.server.internal.cluster;

import dev.videosession.server.internal.redis.RedisConnection;

/** Notices that another process of Redis serves the data, which may have lost what was written last. */
final class Failovers implements RedisConnection.Listener {
    private final Runnable failedOver;
    private String runId;

    Failovers(String runId, Runnable failedOver) {
        this.runId = runId;
        this.failedOver = failedOver;
    }

    @Override
    public void up(String newRunId) {
        if (!newRunId.equals(runId)) {
            runId = newRunId;
            failedOver.run();
        }
    }

    @Override
    public void down(Throwable cause) {
        // what follows is decided when Redis answers again
    }
}
