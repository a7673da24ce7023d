package dev.videosession.server.internal.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one Redis. A connection that is lost stays lost, and a command that is not answered in {@link #SILENCE}
 * fails. Thread-safe.
 */
final class RedisConnector implements AutoCloseable {
    static final Duration SILENCE = Duration.ofSeconds(5);

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final ClientResources resources = DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .build();
    private final RedisClient client = RedisClient.create(resources);
    private final RedisURI uri;

    /**
     * A connection that answers.
     *
     * @param lettuce the connection
     * @param clientId its number, unique in one process of Redis
     * @param runId the process of Redis
     */
    record Opened(StatefulRedisConnection<String, byte[]> lettuce, long clientId, String runId) {}

    RedisConnector(RedisURI uri) {
        this.uri = uri;
        uri.setTimeout(SILENCE); // a builder made from it has no Sentinels
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(SocketOptions.builder().connectTimeout(SILENCE).build())
                .timeoutOptions(TimeoutOptions.enabled(SILENCE))
                .build());
    }

    /**
     * Connects. If the process of Redis is the same as before, it drops the previous connection first, so that it carries out no
     * late command of it.
     */
    CompletionStage<Opened> connect(@Nullable Opened previous) {
        return answered(() -> client.connectAsync(CODEC, uri)).thenCompose(lettuce -> {
            RedisAsyncCommands<String, byte[]> commands = lettuce.async();
            CompletionStage<Opened> ready = commands.info("server")
                    .thenApply(info -> {
                        RedisRequirements.checkRelease(field(info, "redis_version"));
                        return info;
                    })
                    .thenCombine(commands.clientId(), (info, id) -> new Opened(lettuce, id, field(info, "run_id")))
                    .thenCompose(opened -> dropped(opened, previous));
            return ready.whenComplete((done, failure) -> {
                if (failure != null) {
                    lettuce.closeAsync();
                }
            });
        });
    }

    /**
     * Connects once more if Lettuce lost the answer of Redis. When Redis refuses a connection at once and the channel is closed
     * before Lettuce looks at the result, Lettuce fails with an {@link IllegalStateException} that does not contain the refusal.
     */
    static <T> CompletionStage<T> answered(Supplier<CompletionStage<T>> connect) {
        // the future of Lettuce does not complete the stage that its own exceptionallyCompose returns
        return connect.get()
                .toCompletableFuture()
                .exceptionallyCompose(
                        failure -> isAnswerLost(failure) ? connect.get() : CompletableFuture.failedStage(failure));
    }

    private static boolean isAnswerLost(Throwable failure) {
        return RedisFailure.firstCause(failure) instanceof IllegalStateException;
    }

    private static CompletionStage<Opened> dropped(Opened opened, @Nullable Opened previous) {
        return previous == null || !previous.runId().equals(opened.runId())
                ? CompletableFuture.completedFuture(opened)
                : opened.lettuce()
                        .async()
                        .clientKill(KillArgs.Builder.id(previous.clientId()))
                        .thenApply(killed -> opened);
    }

    /** {@return a value of the answer to INFO, or an empty text} */
    static String field(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).trim())
                .findFirst()
                .orElse("");
    }

    CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> connectPubSub() {
        return answered(() -> client.connectPubSubAsync(CODEC, uri));
    }

    @Override
    public void close() {
        client.shutdown(0, 2, TimeUnit.SECONDS);
        resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
