package dev.videosession.server.internal.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection to Redis, which is opened again whenever it is lost or does not answer. Nothing is sent twice: commands that
 * were under way fail, and before the new connection is used, the new connection makes Redis drop the old one, so that no late command of
 * the old one is carried out. Thread-safe. After {@link #close} every command fails.
 */
public final class RedisLink implements RedisConnection, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final long PING_MILLIS = 1000;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final RedisURI uri;
    private final RedisConnector connector;
    private final ScheduledExecutorService thread;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile RedisConnector.@Nullable Opened connection;
    private volatile boolean closed;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private String unreachable = "";
    private RedisConnector.@Nullable Opened previous;

    private RedisLink(RedisURI uri) {
        this.uri = uri;
        this.connector = new RedisConnector(uri);
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread created = new Thread(task, "redis-link");
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * Connects.
     *
     * @param uri of Redis, or of its Sentinels
     * @return the link, which is up
     * @throws RedisUnreachableException if Redis cannot be reached, refuses the password, or is too old
     */
    public static RedisLink open(RedisURI uri) throws RedisUnreachableException {
        RedisLink link = new RedisLink(uri);
        try {
            link.use(link.connector.connect(null).toCompletableFuture().join());
        } catch (CompletionException e) {
            link.close();
            throw new RedisUnreachableException(uri, e.getCause() == null ? e : e.getCause());
        }
        link.thread.scheduleWithFixedDelay(link::ping, PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
        return link;
    }

    /** {@return the host and port of Redis, or of its first Sentinel, as they were given} */
    public InetSocketAddress place() {
        RedisURI first = uri.getSentinels().isEmpty() ? uri : uri.getSentinels().get(0);
        return InetSocketAddress.createUnresolved(first.getHost(), first.getPort());
    }

    /** {@return that this Redis cannot be used} */
    RedisUnreachableException unusable(Throwable cause) {
        return new RedisUnreachableException(uri, cause);
    }

    private void use(RedisConnector.Opened opened) {
        pauseMillis = FIRST_PAUSE_MILLIS;
        unreachable = "";
        previous = opened;
        connection = opened;
        opened.lettuce().addListener(new Loss(opened.lettuce()));
        if (!opened.lettuce().isOpen()) {
            lose(opened.lettuce(), new RedisDownException());
            return;
        }
        LOG.info("event=redisConnected runId={}", opened.runId());
        listeners.forEach(listener -> listener.up(opened.runId()));
    }

    /** Notices that a connection was closed. Called on a thread of Lettuce. */
    private final class Loss implements RedisConnectionStateListener {
        private final StatefulRedisConnection<String, byte[]> watched;

        Loss(StatefulRedisConnection<String, byte[]> watched) {
            this.watched = watched;
        }

        @Override
        public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
            execute(() -> lose(watched, new IOException("Redis closed the connection")));
        }
    }

    private void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=redisTaskDiscarded cause=closed");
        }
    }

    private void lose(StatefulRedisConnection<String, byte[]> lost, Throwable cause) {
        RedisConnector.Opened current = connection;
        if (current == null || current.lettuce() != lost || closed) {
            return;
        }
        connection = null;
        lost.closeAsync();
        LOG.warn("event=redisLost cause=\"{}\"", RedisFailure.reason(cause));
        listeners.forEach(listener -> listener.down(cause));
        reconnectLater();
    }

    private void reconnectLater() {
        if (!closed) {
            var unused = thread.schedule(this::reconnect, pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private void reconnect() {
        if (closed) {
            return;
        }
        connector
                .connect(previous)
                .whenComplete((opened, failure) -> execute(() -> {
                    if (failure != null) {
                        reportUnreachable(RedisFailure.reason(failure));
                        reconnectLater();
                    } else if (closed) {
                        opened.lettuce().closeAsync();
                    } else {
                        use(opened);
                    }
                }));
    }

    private void reportUnreachable(String reason) {
        LOG.atLevel(reason.equals(unreachable) ? Level.DEBUG : Level.WARN)
                .log("event=redisUnreachable cause=\"{}\"", reason);
        unreachable = reason;
    }

    private void ping() {
        RedisConnector.Opened current = connection;
        if (current != null) {
            current.lettuce().async().ping().whenComplete((answer, failure) -> {
                if (failure != null) {
                    execute(() -> lose(current.lettuce(), failure));
                }
            });
        }
    }

    @Override
    public boolean isUp() {
        return connection != null;
    }

    @Override
    public String runId() {
        RedisConnector.Opened current = connection;
        return current == null ? "" : current.runId();
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    /**
     * Sends a command. What follows on the result runs on a thread of Lettuce, which must not be blocked.
     *
     * @param command sends it
     * @param <T> type of the result
     * @return the result; fails with {@link RedisDownException} if it was not sent, and with another exception if it is not
     *     known whether it was carried out
     */
    public <T> CompletionStage<T> call(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
        RedisConnector.Opened current = connection;
        if (current == null) {
            return CompletableFuture.failedFuture(new RedisDownException());
        }
        return command.apply(current.lettuce().async()).whenComplete((result, failure) -> {
            if (failure instanceof RedisReadOnlyException || failure instanceof RedisCommandTimeoutException) {
                execute(() -> lose(current.lettuce(), failure));
            }
        });
    }

    @Override
    public CompletionStage<List<Object>> eval(RedisScript script, String[] keys, byte[]... arguments) {
        CompletionStage<List<Object>> first = call(
                commands -> commands.<List<Object>>evalsha(script.digest(), ScriptOutputType.MULTI, keys, arguments));
        return first.handle((result, failure) -> {
                    if (failure != null && cause(failure) instanceof RedisNoScriptException) {
                        return call(commands ->
                                commands.<List<Object>>eval(script.source(), ScriptOutputType.MULTI, keys, arguments));
                    }
                    return first;
                })
                .thenCompose(Function.identity());
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @Override
    public void publish(String channel, byte[] message) {
        call(commands -> commands.publish(channel, message)).exceptionally(failure -> 0L);
    }

    @Override
    public CompletionStage<OpenChannels> subscribe(ChannelListener subscriber, String... channels) {
        return connector.connectPubSub().thenCompose(opened -> {
            opened.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, byte[] message) {
                    subscriber.message(channel, message);
                }
            });
            opened.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                    subscriber.lost();
                }
            });
            return opened.async()
                    .subscribe(channels)
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            opened.closeAsync();
                        }
                    })
                    .<OpenChannels>thenApply(done -> opened::closeAsync);
        });
    }

    @Override
    public void schedule(Runnable task, long millis) {
        try {
            var unused = thread.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=redisTaskDiscarded cause=closed");
        }
    }

    /**
     * Writes a text as Redis gets it.
     *
     * @param text the text
     * @return it in UTF-8
     */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes a number as Redis gets it.
     *
     * @param number the number
     * @return its decimal digits
     */
    public static byte[] bytes(long number) {
        return bytes(Long.toString(number));
    }

    /**
     * Reads a text that Redis returned.
     *
     * @param utf8 a byte array
     * @return the text
     */
    public static String text(Object utf8) {
        return new String((byte[]) utf8, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        closed = true;
        connection = null;
        thread.shutdownNow();
        connector.close();
    }
}
