package dev.videosession.server.internal.redis.simulated;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;

/** What a simulated Redis holds. */
final class SimulatedData {
    private final Map<LuaString, Object> values = new HashMap<>();
    private final Map<LuaString, Long> expiries = new HashMap<>();

    /** The id of an entry of a stream. */
    record EntryId(long millis, long number) implements Comparable<EntryId> {
        static final EntryId FIRST = new EntryId(0, 0);
        static final EntryId LAST = new EntryId(Long.MAX_VALUE, Long.MAX_VALUE);

        static EntryId parse(String text) {
            int dash = text.indexOf('-');
            return dash < 0
                    ? new EntryId(Long.parseLong(text), 0)
                    : new EntryId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
        }

        @Override
        public int compareTo(EntryId other) {
            int byMillis = Long.compare(millis, other.millis);
            return byMillis != 0 ? byMillis : Long.compare(number, other.number);
        }

        @Override
        public String toString() {
            return millis + "-" + number;
        }
    }

    /** A stream remembers its newest id after that entry was removed. */
    static final class Stream {
        final TreeMap<EntryId, List<LuaString>> entries = new TreeMap<>();
        EntryId newest = EntryId.FIRST;

        Stream copy() {
            Stream copy = new Stream();
            copy.entries.putAll(entries);
            copy.newest = newest;
            return copy;
        }
    }

    /** A copy, as a replica has it. */
    SimulatedData copy() {
        SimulatedData copy = new SimulatedData();
        values.forEach((key, value) -> copy.values.put(key, copyOf(value)));
        copy.expiries.putAll(expiries);
        return copy;
    }

    private static Object copyOf(Object value) {
        if (value instanceof Stream stream) {
            return stream.copy();
        } else if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        } else if (value instanceof Set<?> set) {
            return new LinkedHashSet<>(set);
        } else if (value instanceof Deque<?> list) {
            return new ArrayDeque<>(list);
        }
        return value;
    }

    /** Removes what has expired. */
    void expire(long now) {
        if (!expiries.isEmpty()) {
            List<LuaString> gone = new ArrayList<>();
            expiries.forEach((key, at) -> {
                if (at <= now) {
                    gone.add(key);
                }
            });
            gone.forEach(this::delete);
        }
    }

    boolean delete(LuaString key) {
        expiries.remove(key);
        return values.remove(key) != null;
    }

    boolean exists(LuaString key) {
        return values.containsKey(key);
    }

    void expireAt(LuaString key, long at) {
        if (values.containsKey(key)) {
            expiries.put(key, at);
        }
    }

    /** {@return when a value expires; -1 for never, -2 if there is none} */
    long expiry(LuaString key) {
        return values.containsKey(key) ? expiries.getOrDefault(key, -1L) : -2;
    }

    void persist(LuaString key) {
        expiries.remove(key);
    }

    /** {@return the keys of values that do not expire} */
    List<String> lasting() {
        return values.keySet().stream()
                .filter(key -> !expiries.containsKey(key))
                .map(LuaString::tojstring)
                .sorted()
                .toList();
    }

    void set(LuaString key, LuaString value) {
        expiries.remove(key);
        values.put(key, value);
    }

    LuaString get(LuaString key) {
        return (LuaString) values.get(key);
    }

    Stream stream(LuaString key) {
        return of(key, Stream::new);
    }

    Map<LuaString, LuaString> hash(LuaString key) {
        return of(key, LinkedHashMap::new);
    }

    Map<LuaString, Double> scores(LuaString key) {
        return of(key, LinkedHashMap::new);
    }

    Set<LuaString> set(LuaString key) {
        return of(key, LinkedHashSet::new);
    }

    Deque<LuaString> list(LuaString key) {
        return of(key, ArrayDeque::new);
    }

    @SuppressWarnings("unchecked") // each key is used with one type, as in Redis
    private <T> T of(LuaString key, Supplier<T> maker) {
        return (T) values.computeIfAbsent(key, absent -> maker.get());
    }

    /** Removes a collection that has become empty, as Redis does. */
    void tidy(LuaString key) {
        Object value = values.get(key);
        if ((value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof Set<?> set && set.isEmpty())
                || (value instanceof Deque<?> list && list.isEmpty())) {
            delete(key);
        }
    }
}
