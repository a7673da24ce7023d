package dev.videosession.server.internal.cluster.shared;

import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.data.TokenRecord;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.data.TokenStoreException;
import dev.videosession.server.internal.data.TokenUsedException;
import dev.videosession.server.internal.redis.RedisLink;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all nodes remember of tokens, in Redis until the tokens end. Revoked tokens and those of banned connections are
 * entries of a stream, of which each node holds a copy and reads the new entries each second. An id that a REST call has used
 * is a key, which only one call can make. Thread-safe.
 */
public final class RedisTokenStore implements TokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(RedisTokenStore.class);
    private static final String STREAM = "vs:tokens";
    private static final String USED = "vs:used:";
    private static final String FIELD = "t";
    private static final int PAGE = 1000;

    private final RedisLink redis;
    private final TimeSource time;
    private final Duration longestLife;
    private final List<Consumer<TokenRecord>> followers = new CopyOnWriteArrayList<>();
    private final List<TokenRecord> loaded = new ArrayList<>();
    private String last = "0-0";
    private boolean reading;

    private RedisTokenStore(RedisLink redis, TimeSource time, Duration longestLife) {
        this.redis = redis;
        this.time = time;
        this.longestLife = longestLife;
    }

    /**
     * Reads what is remembered.
     *
     * @param redis which is up
     * @param time the clocks
     * @param longestLife of a client's token: what is older is forgotten
     * @return the store
     * @throws IOException if Redis cannot be read
     */
    public static RedisTokenStore open(RedisLink redis, TimeSource time, Duration longestLife) throws IOException {
        RedisTokenStore store = new RedisTokenStore(redis, time, longestLife);
        store.follow(store.loaded::add);
        try {
            store.readNew().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IOException("cannot read the revoked tokens from Redis: " + e.getCause(), e);
        }
        store.followers.clear();
        return store;
    }

    @Override
    public List<TokenRecord> loaded() {
        return List.copyOf(loaded);
    }

    @Override
    public boolean isLasting() {
        return true;
    }

    @Override
    public void follow(Consumer<TokenRecord> follower) {
        followers.add(follower);
    }

    @Override
    public CompletableFuture<Void> append(TokenRecord record) {
        return (record.kind() == TokenRecord.Kind.USED ? use(record) : add(record))
                .handle((kept, failure) -> {
                    if (failure == null) {
                        return CompletableFuture.<Void>completedFuture(null);
                    }
                    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    return CompletableFuture.<Void>failedFuture(
                            cause instanceof TokenUsedException
                                    ? cause
                                    : new TokenStoreException(
                                            "Redis did not keep the token: " + cause.getMessage(), cause));
                })
                .thenCompose(outcome -> outcome)
                .toCompletableFuture();
    }

    private CompletionStage<?> use(TokenRecord record) {
        return redis.call(commands -> set(commands::set, record))
                .thenCompose(made -> made == null
                        ? CompletableFuture.failedFuture(new TokenUsedException())
                        : CompletableFuture.completedFuture(null));
    }

    @FunctionalInterface
    private interface Setter {
        RedisFuture<String> set(String key, byte[] value, SetArgs options);
    }

    private RedisFuture<String> set(Setter setter, TokenRecord record) {
        SetArgs options = SetArgs.Builder.nx();
        long left = record.endSeconds() - time.instant().getEpochSecond();
        if (left <= longestLife.toSeconds()) {
            options.ex(Math.max(1, left));
        }
        return setter.set(USED + record.key(), new byte[] {'1'}, options);
    }

    private CompletionStage<?> add(TokenRecord record) {
        String oldest = Long.toString(time.instant().minus(longestLife).toEpochMilli());
        return redis.call(commands -> commands.xadd(
                STREAM,
                XAddArgs.Builder.minId(oldest).approximateTrimming(),
                Map.of(FIELD, record.toLine().getBytes(StandardCharsets.US_ASCII))));
    }

    /** Reads what other nodes have added. Called each second, on one thread. */
    public void refresh() {
        if (reading) {
            return;
        }
        reading = true;
        readNew().whenComplete((done, failure) -> {
            reading = false;
            if (failure != null) {
                LOG.debug("event=tokensNotRead cause=\"{}\"", failure.getMessage());
            }
        });
    }

    private CompletionStage<Void> readNew() {
        return redis.call(commands -> commands.xrange(
                        STREAM,
                        Range.from(Range.Boundary.excluding(last), Range.Boundary.unbounded()),
                        Limit.from(PAGE)))
                .thenCompose(entries -> {
                    entries.forEach(this::read);
                    return entries.size() < PAGE ? CompletableFuture.completedFuture(null) : readNew();
                });
    }

    private void read(StreamMessage<String, byte[]> entry) {
        last = entry.getId();
        byte[] line = entry.getBody().get(FIELD);
        Optional<TokenRecord> record =
                line == null ? Optional.empty() : TokenRecord.parse(new String(line, StandardCharsets.US_ASCII));
        if (record.isEmpty()) {
            LOG.warn("event=tokenRecordIgnored entry={}", last);
        } else if (record.get().endSeconds() > time.instant().getEpochSecond()) {
            followers.forEach(follower -> follower.accept(record.get()));
        }
    }
}
