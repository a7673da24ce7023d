package dev.videosession.server.internal.redis;

import io.lettuce.core.KillArgs;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node needs of its Redis, tried before it takes clients: a right or memory that is missing must not show in a call. */
public final class RedisRequirements {
    private static final Logger LOG = LoggerFactory.getLogger(RedisRequirements.class);
    private static final RedisScript PROBE = RedisScript.read(RedisRequirements.class, "probe.lua");
    private static final int LEAST_RELEASE = 7;
    private static final String POLICY = "noeviction";

    private RedisRequirements() {}

    /**
     * Tries everything once.
     *
     * @param redis a connection, which is up
     * @throws RedisUnreachableException if something does not work; the message says what to do
     */
    public static void check(RedisLink redis) throws RedisUnreachableException {
        try {
            redis.call(commands -> commands.info("memory"))
                    .thenAccept(info -> checkPolicy(RedisConnector.field(info, "maxmemory_policy")))
                    .thenCompose(known -> probe(redis))
                    .thenCompose(done -> redis.call(commands ->
                            commands.clientKill(KillArgs.Builder.id(Long.MAX_VALUE)))) // no connection has this id
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw redis.unusable(e.getCause() == null ? e : e.getCause());
        }
    }

    private static void checkPolicy(String policy) {
        if (!policy.equals(POLICY)) {
            LOG.warn(
                    "event=redisMayEvict policy={} consequence=\"a key that Redis evicts is an event that is lost\" remedy=\"maxmemory-policy {}\"",
                    policy,
                    POLICY);
        }
    }

    private static CompletionStage<?> probe(RedisLink redis) {
        String name = "vs:probe:" + UUID.randomUUID();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        RedisConnection.ChannelListener listener = new RedisConnection.ChannelListener() {
            @Override
            public void message(String channel, byte[] message) {
                arrived.complete(null);
            }

            @Override
            public void lost() {
                arrived.completeExceptionally(new RedisDownException());
            }
        };
        return redis.subscribe(listener, name)
                .thenCompose(channels -> redis.eval(PROBE, new String[] {name}, RedisLink.bytes(name))
                        .thenCompose(
                                done -> arrived.orTimeout(RedisConnector.SILENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .whenComplete((done, failure) -> channels.close()));
    }

    /** Fails if this release of Redis does not run the scripts. */
    static void checkRelease(String release) {
        int major;
        try {
            major = Integer.parseInt(release.split("\\.", 2)[0]);
        } catch (NumberFormatException e) {
            return; // not the form that Redis and Valkey use
        }
        if (major < LEAST_RELEASE) {
            throw new CompletionException(new UnsupportedOperationException("Redis " + release + " is too old"));
        }
    }
}
