package dev.videosession.app.faults;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events that a participant must report, in order. Where the order may vary, each permitted sequence. */
record ExpectedEvents(List<List<String>> ways) {
    static final String RECONNECTING = "sessionReconnecting";
    static final String RECONNECTED = "sessionReconnected";

    static ExpectedEvents of(String... events) {
        return new ExpectedEvents(List.of(List.of(events)));
    }

    static ExpectedEvents nothing() {
        return of();
    }

    /** The client lost its connection and resumed. */
    static ExpectedEvents back() {
        return of(RECONNECTING, RECONNECTED);
    }

    /** The server did not know the connection any more, and the client connected anew. */
    static ExpectedEvents startedOver() {
        return of(RECONNECTING, RECONNECTED + " startedOver");
    }

    /** A resumed connection, as the other participants see it. */
    static ExpectedEvents seenBack() {
        return of("connectionReconnecting", "connectionReconnected");
    }

    /** A publisher that leaves, as the other participants see it. */
    static ExpectedEvents gone(String reason, String detail) {
        return of("streamDestroyed " + reason, "connectionDestroyed " + reason + " " + detail);
    }

    /** A publisher that is lost and ends after the resume window, as the other participants see it. */
    static ExpectedEvents lost(String detail) {
        return of(
                "connectionReconnecting",
                "streamDestroyed networkDisconnected",
                "connectionDestroyed networkDisconnected " + detail);
    }

    ExpectedEvents or(ExpectedEvents other) {
        return new ExpectedEvents(
                Stream.concat(ways.stream(), other.ways.stream()).toList());
    }

    ExpectedEvents times(int count) {
        return new ExpectedEvents(ways.stream()
                .map(way -> Stream.generate(() -> way)
                        .limit(count)
                        .flatMap(List::stream)
                        .toList())
                .toList());
    }

    @Override
    public String toString() {
        return ways.stream().map(ExpectedEvents::words).collect(Collectors.joining(" *or* "));
    }

    private static String words(List<String> way) {
        if (way.isEmpty()) {
            return "nothing";
        }
        int period = 1;
        while (way.size() % period != 0
                || !way.subList(period, way.size()).equals(way.subList(0, way.size() - period))) {
            period++; // at last the whole, against nothing
        }
        int repetitions = way.size() / period;
        return String.join("; ", way.subList(0, period)) + (repetitions == 1 ? "" : " (" + repetitions + " times)");
    }
}
