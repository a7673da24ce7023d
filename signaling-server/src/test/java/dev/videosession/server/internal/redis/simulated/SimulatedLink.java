package dev.videosession.server.internal.redis.simulated;

import dev.videosession.server.internal.redis.RedisConnection;
import dev.videosession.server.internal.redis.RedisDownException;
import dev.videosession.server.internal.redis.RedisScript;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;

/**
 * The way of one server to a simulated Redis. Requests and answers are delayed and keep their order. When the connection is lost,
 * some of the requests under way are still carried out, and no answer arrives. For use on one thread.
 */
public final class SimulatedLink implements RedisConnection {
    private static final int SILENCE_MILLIS = 5000;
    private static final int RECONNECT_MILLIS = 50;
    /** How the text of the script begins that appends to a log. */
    public static final String APPEND = "-- Appends";
    /** How the text of the script begins that stores a snapshot. */
    public static final String SNAPSHOT = "-- Stores a snapshot";

    private final SimulatedRedis redis;
    private final Random random;
    private final Timer network;
    private final Timer server;
    private final List<Listener> listeners = new ArrayList<>();
    private final Deque<Request> sent = new ArrayDeque<>();
    private final Deque<Request> asked = new ArrayDeque<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private final Deque<Runnable> messages = new ArrayDeque<>();
    private int longestDelayMillis;
    private @Nullable Channels channels;
    private IntConsumer observer = count -> {};
    private int written;
    private boolean up = true;
    private boolean cut;
    private @Nullable Object stall;
    private String stallingScript = "";
    private String failingScript = "";
    private long stallingMillis;
    private long impairedUntil;
    private boolean dead;
    private long connection;
    private int mostUnderWay;

    /** Runs a task later. */
    @FunctionalInterface
    public interface Timer {
        /**
         * Schedules a task.
         *
         * @param task the task
         * @param millis how much later, in milliseconds
         */
        void schedule(Runnable task, long millis);
    }

    private record Request(
            Supplier<List<Object>> execution, boolean appends, CompletableFuture<List<Object>> answer, long number) {}

    private static final class Channels implements OpenChannels {
        private final ChannelListener subscriber;
        private final Set<String> names;
        private boolean open = true;
        private boolean silent;

        Channels(ChannelListener subscriber, Set<String> names) {
            this.subscriber = subscriber;
            this.names = names;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    /**
     * Connects.
     *
     * @param redis the Redis
     * @param random decides delays and losses
     * @param network runs what happens on the way, even if the server is dead
     * @param server runs what happens at the server
     */
    public SimulatedLink(SimulatedRedis redis, Random random, Timer network, Timer server) {
        this.redis = redis;
        this.random = random;
        this.network = network;
        this.server = server;
        redis.add(this);
    }

    /**
     * Sets the delay of each request and of each answer.
     *
     * @param longestMillis the longest, in milliseconds
     */
    public void delay(int longestMillis) {
        longestDelayMillis = longestMillis;
    }

    /**
     * Follows the appends of this server.
     *
     * @param written called when one was carried out, before its answer is sent, with the number of those so far
     */
    public void onAppend(IntConsumer written) {
        observer = written;
    }

    private long delay() {
        return longestDelayMillis == 0 ? 0 : random.nextInt(longestDelayMillis + 1);
    }

    @Override
    public boolean isUp() {
        return up;
    }

    @Override
    public String runId() {
        return up ? redis.runId() : "";
    }

    @Override
    public void addListener(Listener listener) {
        listeners.add(listener);
    }

    @Override
    public CompletionStage<List<Object>> eval(RedisScript script, String[] keys, byte[]... arguments) {
        if (dead) {
            return new CompletableFuture<>();
        }
        if (!up) {
            return CompletableFuture.failedFuture(new RedisDownException());
        }
        if (!failingScript.isEmpty() && script.text().startsWith(failingScript)) {
            return CompletableFuture.failedFuture(new RedisDownException());
        }
        if (!stallingScript.isEmpty() && script.text().startsWith(stallingScript)) {
            stallingScript = "";
            stall(stallingMillis);
        }
        byte[][] sentArguments = arguments.clone();
        Request request = new Request(
                () -> redis.run(script, keys, sentArguments),
                script.text().startsWith(APPEND),
                new CompletableFuture<>(),
                connection);
        sent.add(request);
        asked.add(request);
        mostUnderWay = Math.max(mostUnderWay, asked.size());
        network.schedule(this::arrive, delay());
        server.schedule(
                () -> {
                    if (asked.contains(request)) {
                        lose();
                    }
                },
                SILENCE_MILLIS);
        return request.answer;
    }

    /** {@return the most requests that were under way at once since the last call} */
    public int takeMostUnderWay() {
        int most = mostUnderWay;
        mostUnderWay = asked.size();
        return most;
    }

    private void arrive() {
        if (redis.isAnswering() && stall == null) {
            serveNext();
        }
    }

    /** Carries out what has waited for Redis. */
    void serve() {
        if (stall == null) {
            serveAll();
        }
    }

    private void serveAll() {
        while (!sent.isEmpty()) {
            serveNext();
        }
    }

    /**
     * Holds all requests back for a while, as a network does that sends lost packets again.
     *
     * @param millis how long, in milliseconds
     */
    public void stall(long millis) {
        Object begun = new Object();
        stall = begun;
        impairedUntil = Math.max(impairedUntil, redis.millis() + millis);
        network.schedule(
                () -> {
                    if (stall == begun) {
                        flow();
                    }
                },
                millis);
    }

    /**
     * Holds the next request of a kind back, and those after it.
     *
     * @param script how the text of its script begins
     * @param millis how long, in milliseconds
     */
    public void stallAt(String script, long millis) {
        stallingScript = script;
        stallingMillis = millis;
    }

    /**
     * Makes the requests of a kind fail from now on.
     *
     * @param script how the text of its script begins; an empty text ends it
     */
    public void failScript(String script) {
        failingScript = script;
    }

    /** {@return whether requests are held back} */
    public boolean isStalled() {
        return stall != null;
    }

    /** Ends a stall. */
    public void flow() {
        stallingScript = "";
        boolean held = stall != null;
        stall = null;
        if (held && redis.isAnswering()) {
            serveAll();
        }
    }

    private void serveNext() {
        Request request = sent.poll();
        if (request == null) {
            return;
        }
        List<Object> result;
        try {
            result = request.execution.get();
        } catch (LuaError e) {
            answer(request, () -> request.answer.completeExceptionally(e));
            return;
        }
        if (request.appends) {
            observer.accept(++written);
        }
        answer(request, () -> request.answer.complete(result));
    }

    private void answer(Request request, Runnable completion) {
        answers.add(() -> {
            if (request.number == connection && asked.remove(request)) {
                completion.run();
            }
        });
        server.schedule(() -> answers.remove().run(), delay());
    }

    @Override
    public void publish(String channel, byte[] message) {
        if (up && !dead) {
            redis.publish(channel, message);
        }
    }

    boolean hasOpened(String channel) {
        Channels current = channels;
        return current != null && current.open && current.names.contains(channel);
    }

    /** {@return whether this server has the channel} */
    boolean published(String channel, byte[] message) {
        Channels current = channels;
        if (current == null || !hasOpened(channel)) {
            return false;
        }
        messages.add(() -> {
            if (current.open && !current.silent) {
                current.subscriber.message(channel, message);
            }
        });
        server.schedule(() -> messages.remove().run(), delay());
        return true;
    }

    @Override
    public CompletionStage<OpenChannels> subscribe(ChannelListener subscriber, String... names) {
        CompletableFuture<OpenChannels> opening = new CompletableFuture<>();
        server.schedule(
                () -> {
                    if (!up) {
                        opening.completeExceptionally(new RedisDownException());
                        return;
                    }
                    Channels opened = new Channels(subscriber, Set.of(names));
                    channels = opened;
                    opening.complete(opened);
                },
                delay());
        return opening;
    }

    /** The channels deliver nothing from now on. The server detects this only when it asks. */
    public void silenceChannels() {
        Channels current = channels;
        if (current != null) {
            current.silent = true;
        }
    }

    /** Loses the channels alone. */
    public void loseChannels() {
        Channels current = channels;
        channels = null;
        if (current != null && current.open) {
            current.open = false;
            current.subscriber.lost();
        }
    }

    /** Cuts the server off, or connects it again. */
    public void cut(boolean isCut) {
        if (cut) {
            impairedUntil = Math.max(impairedUntil, redis.millis());
        }
        cut = isCut;
        if (isCut) {
            lose();
        }
    }

    /** {@return until when this link alone was cut or stalled, by the clock of Redis in milliseconds} */
    public long impairedUntil() {
        return cut ? redis.millis() : impairedUntil;
    }

    /** Loses the connection. Some of what was sent is still carried out, before the connection is opened again. */
    public void lose() {
        if (!up || dead) {
            return;
        }
        up = false;
        stall = null;
        connection++;
        dropSome();
        List<Request> unanswered = List.copyOf(asked);
        asked.clear();
        loseChannels();
        server.schedule(
                () -> {
                    RedisDownException cause = new RedisDownException();
                    unanswered.forEach(request -> request.answer.completeExceptionally(cause));
                    listeners.forEach(listener -> listener.down(cause));
                },
                0);
        server.schedule(this::reconnect, RECONNECT_MILLIS + delay());
    }

    private void dropSome() {
        int arriving = sent.isEmpty() ? 0 : random.nextInt(sent.size() + 1);
        while (sent.size() > arriving) {
            sent.removeLast();
        }
    }

    private void reconnect() {
        if (cut || !redis.isAnswering()) {
            server.schedule(this::reconnect, RECONNECT_MILLIS);
            return;
        }
        serveAll(); // what the old connection still brings; then Redis drops it
        up = true;
        listeners.forEach(listener -> listener.up(redis.runId()));
    }

    /** The server is dead. Some of what it sent is still carried out. */
    public void die() {
        dead = true;
        dropSome();
        channels = null;
        redis.remove(this);
    }

    @Override
    public void schedule(Runnable task, long millis) {
        server.schedule(task, millis);
    }
}
