package dev.videosession.media.internal.link.fuzz;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** What a run did. Ends are {@code in} for the subscriber, which gets offers, and {@code out} for the publisher. */
final class FuzzFigures {
    final LongAdder candidates = new LongAdder();
    final LongAdder connected = new LongAdder();
    final LongAdder cases = new LongAdder();
    private final Map<String, LongAdder> outcomes = new TreeMap<>();

    FuzzFigures() {
        for (String end : new String[] {"in", "out"}) {
            for (String outcome : new String[] {"mutated", "grammar", "applied", "refused", "failed", "ignored"}) {
                outcomes.put(end + " " + outcome, new LongAdder());
            }
        }
    }

    LongAdder of(String end, String outcome) {
        LongAdder found = outcomes.get(end + " " + outcome);
        if (found == null) {
            throw new IllegalArgumentException(end + " " + outcome);
        }
        return found;
    }

    long descriptions() {
        return of("in", "mutated").sum() + of("out", "mutated").sum();
    }

    double appliedShare(String end) {
        return (double) of(end, "applied").sum()
                / Math.max(1, of(end, "mutated").sum());
    }

    @Override
    public String toString() {
        return cases + " cases, " + descriptions() + " mutated descriptions, " + candidates + " candidates, "
                + connected + " links connected, " + outcomes;
    }
}
