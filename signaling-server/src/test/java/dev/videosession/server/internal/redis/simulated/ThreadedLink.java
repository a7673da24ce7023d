package dev.videosession.server.internal.redis.simulated;

import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisScript;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** A simulated link that may be used on any thread: everything runs on that of the simulation. */
public final class ThreadedLink implements RedisConnection {
    private final SimulatedLink link;
    private final Executor simulation;

    /**
     * Wraps a link.
     *
     * @param link the link
     * @param simulation the one thread on which the simulated Redis and its links are used
     */
    public ThreadedLink(SimulatedLink link, Executor simulation) {
        this.link = link;
        this.simulation = simulation;
    }

    @Override
    public boolean isUp() {
        return link.isUp();
    }

    @Override
    public String runId() {
        return link.runId();
    }

    @Override
    public void addListener(Listener listener) {
        simulation.execute(() -> link.addListener(listener));
    }

    @Override
    public CompletionStage<List<Object>> eval(RedisScript script, String[] keys, byte[]... arguments) {
        return CompletableFuture.supplyAsync(() -> link.eval(script, keys, arguments), simulation)
                .thenCompose(result -> result);
    }

    @Override
    public void publish(String channel, byte[] message) {
        simulation.execute(() -> link.publish(channel, message));
    }

    @Override
    public CompletionStage<OpenChannels> subscribe(ChannelListener subscriber, String... channels) {
        return CompletableFuture.supplyAsync(() -> link.subscribe(subscriber, channels), simulation)
                .thenCompose(result -> result);
    }

    @Override
    public void schedule(Runnable task, long millis) {
        simulation.execute(() -> link.schedule(task, millis));
    }
}
