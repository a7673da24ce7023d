package dev.videosession.app.faults;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** How long things took, or may take, in milliseconds, by what they are called. Belongs to one thread. */
final class Times {
    private final Map<String, Long> millis = new LinkedHashMap<>();

    static Times within(Object... namesAndMillis) {
        Times times = new Times();
        for (int i = 0; i < namesAndMillis.length; i += 2) {
            times.add((String) namesAndMillis[i], (Integer) namesAndMillis[i + 1]);
        }
        return times;
    }

    /** The longest one counts. What happened before it was looked for took no time. */
    void add(String what, long took) {
        millis.merge(what, Math.max(0, took), Math::max);
    }

    void addAll(Times others) {
        others.forEach(this::add);
    }

    /** Returns a time, or null. */
    Long get(String what) {
        return millis.get(what);
    }

    void forEach(BiConsumer<String, Long> action) {
        millis.forEach(action);
    }

    @Override
    public String toString() {
        return millis.isEmpty()
                ? "–"
                : millis.entrySet().stream()
                        .map(time -> time.getKey() + " " + words(time.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String words(long millis) {
        return millis < 1_000 ? millis + " ms" : Math.round(millis / 100.0) / 10.0 + " s";
    }
}
