package dev.videosession.server.internal.redis.log;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.log.EventHistory;
import dev.videosession.server.internal.log.SessionLog;
import dev.videosession.server.internal.log.SessionLogFactory;
import dev.videosession.server.internal.redis.NodeEpoch;
import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisLink;
import dev.videosession.server.internal.redis.schema.EventJson;
import dev.videosession.server.internal.redis.schema.LogScripts;
import dev.videosession.server.internal.redis.schema.SessionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The logs of sessions in Redis, as one server uses them. Thread-safe. */
public final class RedisSessionLogs implements SessionLogFactory, AutoCloseable {
    private static final long MAX_CHARACTERS = 4L * 1024 * 1024;
    private static final long RETRY_MILLIS = 200;
    /** Longer than any client tries to resume. */
    private static final long END_LIFE_MILLIS = TimeUnit.MINUTES.toMillis(5);

    private final RedisConnection redis;
    private final NodeEpoch epoch;
    private final boolean leased;
    private final NodeInbox inbox;
    private final EventJson json;
    private final TimeSource time;
    private final RedisMetrics metrics;
    private final int keptEvents;
    private final Map<String, RedisSessionLog> logs = new ConcurrentHashMap<>();
    private final AtomicLong steps = new AtomicLong();
    private final CatchUps catchUps = new CatchUps();
    private final List<Runnable> waiting = new ArrayList<>();

    /**
     * Creates logs.
     *
     * @param redis the connection, closed by the caller
     * @param epoch under which this server owns connections
     * @param leased whether the server writes only while the epoch has a lease, so that other servers notice its death
     * @param codec encodes messages
     * @param keptEvents how many events of a session to keep for clients that resume
     * @param time the monotonic clock
     * @param metrics counts appends and conflicts
     */
    public RedisSessionLogs(
            RedisConnection redis,
            NodeEpoch epoch,
            boolean leased,
            MessageCodec codec,
            int keptEvents,
            TimeSource time,
            RedisMetrics metrics) {
        this.redis = redis;
        this.epoch = epoch;
        this.leased = leased;
        this.json = new EventJson(codec);
        this.keptEvents = keptEvents;
        this.time = time;
        this.metrics = metrics;
        this.inbox = new NodeInbox(redis, epoch, json, logs, this::missedMessages, time, metrics::noticeArrived);
        redis.addListener(new RedisConnection.Listener() {
            @Override
            public void up(String runId) {
                List<Runnable> ready;
                synchronized (waiting) {
                    ready = List.copyOf(waiting);
                    waiting.clear();
                }
                ready.forEach(Runnable::run);
                inbox.redisIsUp();
            }

            @Override
            public void down(Throwable cause) {
                catchUps.cancel(); // what was under way fails by itself
            }
        });
        inbox.start();
    }

    /** If Redis is lost as well, this is called again when it is back. */
    private void missedMessages() {
        if (redis.isUp()) {
            catchUps.request(logs.values());
        }
    }

    @Override
    public long epoch() {
        return epoch.current();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public CompletionStage<List<SessionId>> sessions() {
        return redis.eval(LogScripts.SESSIONS, new String[] {SessionKeys.SESSIONS})
                .thenApply(ids -> ids.stream()
                        .map(id -> new SessionId(RedisLink.text(id)))
                        .toList());
    }

    @Override
    public SessionLog open(SessionId session, Executor loop, SessionLog.Listener listener) {
        SessionKeys keys = SessionKeys.of(session);
        RedisSessionLog log = new RedisSessionLog(this, keys, epoch.current(), loop, listener);
        logs.put(keys.prefix(), log);
        log.open();
        return log;
    }

    void closed(RedisSessionLog log, long openedUnder) {
        boolean known = logs.remove(log.keys().prefix(), log);
        catchUps.closed(log);
        if (known) {
            SessionKeys keys = log.keys();
            redis.eval(
                            LogScripts.CLOSE,
                            new String[] {keys.nodes(), keys.connections()},
                            RedisLink.bytes(openedUnder),
                            RedisLink.bytes(keys.session()))
                    .exceptionally(failure -> List.of());
        }
    }

    RedisConnection redis() {
        return redis;
    }

    boolean isLeased() {
        return leased;
    }

    EventJson json() {
        return json;
    }

    EventHistory newHistory() {
        return new EventHistory(keptEvents, MAX_CHARACTERS);
    }

    int keptEvents() {
        return keptEvents;
    }

    long endLifeMillis() {
        return END_LIFE_MILLIS;
    }

    long nextStep() {
        return steps.incrementAndGet();
    }

    long nanos() {
        return time.nanos();
    }

    void appended(long startedNanos) {
        metrics.appended(time.nanos() - startedNanos);
    }

    void conflicted() {
        metrics.conflict();
    }

    void diverged() {
        metrics.diverged();
    }

    /** Runs a task when Redis can be reached: after a pause if it can, because something else is wrong then. */
    void retry(Runnable task) {
        if (redis.isUp()) {
            redis.schedule(() -> whenUp(task), RETRY_MILLIS);
        } else {
            whenUp(task);
        }
    }

    private void whenUp(Runnable task) {
        synchronized (waiting) {
            if (!redis.isUp()) {
                waiting.add(task);
                return;
            }
        }
        task.run();
    }

    /**
     * Sets what to do with messages to all servers.
     *
     * @param message gets each message, on a thread that must not be blocked
     * @param missed called when messages may have been lost
     */
    public void onClusterMessage(Consumer<byte[]> message, Runnable missed) {
        inbox.onClusterMessage(message, missed);
    }

    /** Stops reading. The logs must have been closed, or are not used any more. */
    @Override
    public void close() {
        inbox.close();
    }
}
