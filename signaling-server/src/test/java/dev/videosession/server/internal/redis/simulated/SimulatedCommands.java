package dev.videosession.server.internal.redis.simulated;

import dev.videosession.server.internal.redis.simulated.SimulatedData.EntryId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** The commands of Redis that the scripts use. Any other one fails. */
final class SimulatedCommands {
    private final SimulatedRedis redis;

    SimulatedCommands(SimulatedRedis redis) {
        this.redis = redis;
    }

    private SimulatedData data() {
        return redis.data();
    }

    LuaValue call(String name, List<LuaString> arguments) {
        String command = name.toUpperCase(Locale.ROOT);
        LuaString key = arguments.isEmpty() ? LuaValue.EMPTYSTRING : arguments.get(0);
        LuaValue result = switch (command.charAt(0)) {
            case 'H' -> hash(command, key, arguments);
            case 'X' -> stream(command, key, arguments);
            case 'Z' -> scores(command, key, arguments);
            default -> other(command, key, arguments);
        };
        data().tidy(key);
        return result;
    }

    private LuaValue other(String command, LuaString key, List<LuaString> arguments) {
        return switch (command) {
            case "EXISTS" -> number(data().exists(key));
            case "DEL" -> {
                int deleted = 0;
                for (LuaString each : arguments) {
                    deleted += data().delete(each) ? 1 : 0;
                }
                yield LuaValue.valueOf(deleted);
            }
            case "PERSIST" -> {
                data().persist(key);
                yield LuaValue.ONE;
            }
            case "PEXPIRE" -> {
                data().expireAt(key, redis.millis() + longAt(arguments, 1));
                yield LuaValue.ONE;
            }
            case "PTTL" -> {
                long at = data().expiry(key);
                yield LuaValue.valueOf(at < 0 ? (int) at : (int) (at - redis.millis()));
            }
            case "GET" -> orFalse(data().get(key));
            case "SET" -> {
                data().set(key, arguments.get(1));
                if (arguments.size() > 2) {
                    data().expireAt(key, redis.millis() + longAt(arguments, 3));
                }
                yield LuaValue.TRUE;
            }
            case "SADD" -> number(data().set(key).add(arguments.get(1)));
            case "SREM" -> number(data().set(key).remove(arguments.get(1)));
            case "RPUSH" -> {
                Deque<LuaString> list = data().list(key);
                list.addAll(arguments.subList(1, arguments.size()));
                yield LuaValue.valueOf(list.size());
            }
            case "LPOP" -> orFalse(data().list(key).poll());
            case "LRANGE" -> array(data().list(key));
            case "PUBLISH" -> LuaValue.valueOf(redis.publish(key.tojstring(), bytes(arguments.get(1))));
            case "PUBSUB" ->
                array(List.of(
                        arguments.get(1),
                        LuaValue.valueOf(redis.subscribers(arguments.get(1).tojstring()))));
            case "TIME" ->
                array(List.of(
                        text(Long.toString(redis.millis() / 1000)), text(Long.toString(redis.millis() % 1000 * 1000))));
            default -> throw new LuaError("the simulated Redis has no command " + command);
        };
    }

    private LuaValue hash(String command, LuaString key, List<LuaString> arguments) {
        Map<LuaString, LuaString> hash = data().hash(key);
        return switch (command) {
            case "HGET" -> orFalse(hash.get(arguments.get(1)));
            case "HMGET" -> {
                LuaTable found = new LuaTable();
                for (int i = 1; i < arguments.size(); i++) {
                    found.set(i, orFalse(hash.get(arguments.get(i))));
                }
                yield found;
            }
            case "HSET" -> {
                for (int i = 1; i + 1 < arguments.size(); i += 2) {
                    LuaString before = hash.put(arguments.get(i), arguments.get(i + 1));
                    redis.written(key, before, arguments.get(i + 1));
                }
                yield LuaValue.ONE;
            }
            case "HDEL" -> number(hash.remove(arguments.get(1)) != null);
            case "HEXISTS" -> number(hash.containsKey(arguments.get(1)));
            case "HLEN" -> LuaValue.valueOf(hash.size());
            case "HKEYS" -> array(hash.keySet());
            case "HVALS" -> array(hash.values());
            case "HGETALL" -> {
                List<LuaString> all = new ArrayList<>();
                hash.forEach((name, value) -> {
                    all.add(name);
                    all.add(value);
                });
                yield array(all);
            }
            default -> throw new LuaError("the simulated Redis has no command " + command);
        };
    }

    private LuaValue scores(String command, LuaString key, List<LuaString> arguments) {
        Map<LuaString, Double> scores = data().scores(key);
        return switch (command) {
            case "ZSCORE" -> {
                Double score = scores.get(arguments.get(1));
                yield score == null ? LuaValue.FALSE : text(Long.toString(score.longValue()));
            }
            case "ZADD" -> {
                scores.put(arguments.get(2), Double.valueOf(arguments.get(1).tojstring()));
                yield LuaValue.ONE;
            }
            case "ZREM" -> number(scores.remove(arguments.get(1)) != null);
            case "ZRANGE" -> array(sorted(scores, Double.POSITIVE_INFINITY));
            case "ZRANGEBYSCORE" -> array(sorted(scores, doubleAt(arguments, 2)));
            case "ZREMRANGEBYSCORE" -> {
                List<LuaString> gone = sorted(scores, doubleAt(arguments, 2));
                gone.forEach(scores::remove);
                yield LuaValue.valueOf(gone.size());
            }
            default -> throw new LuaError("the simulated Redis has no command " + command);
        };
    }

    private static List<LuaString> sorted(Map<LuaString, Double> scores, double highest) {
        return scores.entrySet().stream()
                .filter(entry -> entry.getValue() <= highest)
                .sorted(Comparator.comparingDouble(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .toList();
    }

    private LuaValue stream(String command, LuaString key, List<LuaString> arguments) {
        return switch (command) {
            case "XADD" -> append(key, arguments);
            case "XRANGE" -> range(key, arguments.get(1), arguments.get(2), arguments, false);
            case "XREVRANGE" -> range(key, arguments.get(2), arguments.get(1), arguments, true);
            case "XTRIM" -> {
                if (data().exists(key)) {
                    data().stream(key)
                            .entries
                            .headMap(EntryId.parse(arguments.get(3).tojstring()), false)
                            .clear();
                }
                yield LuaValue.ZERO;
            }
            case "XDEL" -> {
                EntryId id = EntryId.parse(arguments.get(1).tojstring());
                yield number(data().exists(key) && data().stream(key).entries.remove(id) != null);
            }
            default -> throw new LuaError("the simulated Redis has no command " + command);
        };
    }

    private LuaValue append(LuaString key, List<LuaString> arguments) {
        SimulatedData.Stream stream = data().stream(key);
        int at = 1;
        long longest = Long.MAX_VALUE;
        if (arguments.get(at).tojstring().equals("MAXLEN")) {
            longest = longAt(arguments, at + 1);
            at += 2;
        }
        String wanted = arguments.get(at++).tojstring();
        EntryId id = wanted.equals("*") ? next(stream.newest) : EntryId.parse(wanted);
        if (id.compareTo(stream.newest) <= 0) {
            throw new LuaError("ERR The ID specified in XADD is equal or smaller than the target stream top item");
        }
        stream.entries.put(id, List.copyOf(arguments.subList(at, arguments.size())));
        stream.newest = id;
        redis.appended(key, arguments.get(arguments.size() - 1));
        while (stream.entries.size() > longest) {
            stream.entries.pollFirstEntry();
        }
        return text(id.toString());
    }

    private EntryId next(EntryId newest) {
        long now = redis.millis();
        return newest.millis() >= now ? new EntryId(newest.millis(), newest.number() + 1) : new EntryId(now, 0);
    }

    private LuaValue range(LuaString key, LuaString from, LuaString to, List<LuaString> arguments, boolean reverse) {
        if (!data().exists(key)) {
            return new LuaTable();
        }
        String first = from.tojstring();
        boolean exclusive = first.startsWith("(");
        EntryId low = first.equals("-") ? EntryId.FIRST : EntryId.parse(exclusive ? first.substring(1) : first);
        EntryId high = to.tojstring().equals("+") ? EntryId.LAST : EntryId.parse(to.tojstring());
        NavigableMap<EntryId, List<LuaString>> found =
                data().stream(key).entries.subMap(low, !exclusive, high, true);
        long limit = arguments.size() > 3 ? longAt(arguments, 4) : Long.MAX_VALUE;
        LuaTable entries = new LuaTable();
        Iterator<Map.Entry<EntryId, List<LuaString>>> all =
                (reverse ? found.descendingMap() : found).entrySet().iterator();
        for (int i = 1; all.hasNext() && i <= limit; i++) {
            Map.Entry<EntryId, List<LuaString>> entry = all.next();
            LuaTable item = new LuaTable();
            item.set(1, text(entry.getKey().toString()));
            item.set(2, array(entry.getValue()));
            entries.set(i, item);
        }
        return entries;
    }

    private static LuaValue array(Collection<? extends LuaValue> items) {
        LuaTable table = new LuaTable();
        int index = 0;
        for (LuaValue item : items) {
            table.set(++index, item);
        }
        return table;
    }

    private static LuaValue orFalse(LuaValue value) {
        return value == null ? LuaValue.FALSE : value;
    }

    private static LuaValue number(boolean done) {
        return done ? LuaValue.ONE : LuaValue.ZERO;
    }

    static LuaString text(String text) {
        return LuaString.valueUsing(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(LuaString text) {
        byte[] copy = new byte[text.m_length];
        System.arraycopy(text.m_bytes, text.m_offset, copy, 0, copy.length);
        return copy;
    }

    private static long longAt(List<LuaString> arguments, int index) {
        return Long.parseLong(arguments.get(index).tojstring());
    }

    private static double doubleAt(List<LuaString> arguments, int index) {
        String text = arguments.get(index).tojstring();
        return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
    }
}
