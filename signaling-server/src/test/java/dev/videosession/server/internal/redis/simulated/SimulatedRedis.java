package dev.videosession.server.internal.redis.simulated;

import dev.videosession.server.internal.redis.RedisScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;

/**
 * A Redis in memory with a replica that lags behind. It runs the real scripts, or what a test makes of them. For use on one
 * thread.
 */
public final class SimulatedRedis {
    private final SimulatedCommands commands = new SimulatedCommands(this);
    private final List<SimulatedLink> links = new ArrayList<>();
    private final Map<RedisScript, String> sources = new HashMap<>();
    private final List<Runnable> pending = new ArrayList<>();
    private final List<Suspension> suspensions = new ArrayList<>();
    private final LongSupplier clock;
    private BiConsumer<String, byte[]> entries = (key, field) -> {};
    private @Nullable FieldFollower fields;
    private UnaryOperator<String> mutation = source -> source;
    private SimulatedData data = new SimulatedData();
    private SimulatedData replica = new SimulatedData();
    private int process = 1;
    private boolean renamed = true;
    private boolean answering = true;
    private long suspendedAt;
    private int scripts;

    private record Suspension(long from, long to) {}

    /**
     * Starts an empty Redis.
     *
     * @param clock its time, in milliseconds
     */
    public SimulatedRedis(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Changes the scripts, to show that a test notices.
     *
     * @param change gets the text of each script and returns what is run in its place
     */
    public void mutate(UnaryOperator<String> change) {
        mutation = change;
    }

    /** Keeps the id of the process over failovers, which a real Redis never does. */
    public void keepRunId() {
        renamed = false;
    }

    void add(SimulatedLink link) {
        links.add(link);
    }

    void remove(SimulatedLink link) {
        links.remove(link);
    }

    SimulatedData data() {
        return data;
    }

    long millis() {
        return clock.getAsLong();
    }

    String runId() {
        return renamed ? "process" + process : "process";
    }

    boolean isAnswering() {
        return answering;
    }

    /** {@return how many scripts have run} */
    public int scripts() {
        return scripts;
    }

    List<Object> run(RedisScript script, String[] keys, byte[][] arguments) {
        scripts++;
        data.expire(millis());
        try {
            return LuaScripts.ofThread().run(sources.computeIfAbsent(script, this::source), commands, keys, arguments);
        } finally {
            List<Runnable> notices = List.copyOf(pending);
            pending.clear();
            notices.forEach(Runnable::run);
        }
    }

    private String source(RedisScript script) {
        return mutation.apply(script.text());
    }

    /** {@return how many have it} */
    int publish(String channel, byte[] message) {
        int receivers = 0;
        for (SimulatedLink link : links) {
            receivers += link.published(channel, message) ? 1 : 0;
        }
        return receivers;
    }

    /** {@return how many have opened a channel} */
    int subscribers(String channel) {
        return (int) links.stream().filter(link -> link.hasOpened(channel)).count();
    }

    /** The replica gets everything that was written until now. */
    public void replicate() {
        replica = data.copy();
    }

    /** The replica takes over: what it did not get is lost. */
    public void failOver() {
        data = replica.copy();
        restart();
    }

    /** The process is replaced by one with the same data. */
    public void restart() {
        process++;
        answerAgain();
        List.copyOf(links).forEach(SimulatedLink::lose);
    }

    /** The process is suspended: nothing is answered until {@link #goOn}. */
    public void suspend() {
        if (answering) {
            answering = false;
            suspendedAt = millis();
        }
    }

    private void answerAgain() {
        if (!answering) {
            answering = true;
            suspensions.add(new Suspension(suspendedAt, millis()));
        }
    }

    /**
     * Returns for how long it has not been suspended.
     *
     * @param since the beginning, by the clock of Redis in milliseconds
     * @return the time from then to now without the suspensions, in milliseconds
     */
    public long answeringMillis(long since) {
        long now = answering ? millis() : suspendedAt;
        long suspended = suspensions.stream()
                .mapToLong(each -> Math.max(0, each.to - Math.max(each.from, since)))
                .sum();
        return Math.max(0, now - since - suspended);
    }

    /** The process answers again. */
    public void goOn() {
        if (!answering) {
            answerAgain();
            List.copyOf(links).forEach(SimulatedLink::serve);
        }
    }

    /**
     * Returns the last field of each entry of a stream.
     *
     * @param key of the stream
     * @return the fields, oldest first
     */
    public List<byte[]> stream(String key) {
        LuaString name = SimulatedCommands.text(key);
        if (!data.exists(name)) {
            return List.of();
        }
        return data.stream(name).entries.values().stream()
                .map(fields -> SimulatedCommands.bytes(fields.get(fields.size() - 1)))
                .toList();
    }

    /**
     * Returns a field of a hash.
     *
     * @param key of the hash
     * @param field name of the field
     * @return its value, or null
     */
    public byte @Nullable [] field(String key, String field) {
        LuaString name = SimulatedCommands.text(key);
        LuaString value = data.exists(name) ? data.hash(name).get(SimulatedCommands.text(field)) : null;
        return value == null ? null : SimulatedCommands.bytes(value);
    }

    /**
     * Writes a field of a hash, as a release that is not known yet may do.
     *
     * @param key of the hash
     * @param field name of the field
     * @param value what it gets
     */
    public void putField(String key, String field, String value) {
        data.hash(SimulatedCommands.text(key)).put(SimulatedCommands.text(field), SimulatedCommands.text(value));
    }

    /**
     * Follows the entries of streams.
     *
     * @param follower gets the key and the last field of each entry when the script has ended
     */
    public void follow(BiConsumer<String, byte[]> follower) {
        entries = follower;
    }

    void appended(LuaString key, LuaString field) {
        pending.add(() -> entries.accept(key.tojstring(), SimulatedCommands.bytes(field)));
    }

    /** Gets what is written to hashes. */
    @FunctionalInterface
    public interface FieldFollower {
        /**
         * A field was written. Called when the script has ended.
         *
         * @param key of the hash
         * @param before the value before, or null
         * @param after the new value
         */
        void written(String key, @Nullable String before, String after);
    }

    /**
     * Follows the fields of hashes.
     *
     * @param follower gets each that is written
     */
    public void followFields(FieldFollower follower) {
        fields = follower;
    }

    void written(LuaString key, @Nullable LuaString before, LuaString after) {
        FieldFollower follower = fields;
        if (follower != null) {
            pending.add(() ->
                    follower.written(key.tojstring(), before == null ? null : before.tojstring(), after.tojstring()));
        }
    }

    /** {@return the keys that never expire} */
    public List<String> lastingKeys() {
        data.expire(millis());
        return data.lasting();
    }
}
