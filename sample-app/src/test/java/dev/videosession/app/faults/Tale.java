package dev.videosession.app.faults;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody is told, event by event; where chance decides, each way in which it may go. */
record Tale(List<List<String>> ways) {
    static final String RECONNECTING = "sessionReconnecting";
    static final String RECONNECTED = "sessionReconnected";

    static Tale of(String... events) {
        return new Tale(List.of(List.of(events)));
    }

    static Tale nothing() {
        return of();
    }

    /** The client was away and is back. */
    static Tale back() {
        return of(RECONNECTING, RECONNECTED);
    }

    /** The server had lost its memory of the client, which has a new connection now. */
    static Tale startedOver() {
        return of(RECONNECTING, RECONNECTED + " startedOver");
    }

    /** Being away and back, as the others see it. */
    static Tale seenBack() {
        return of("connectionReconnecting", "connectionReconnected");
    }

    /** The others see a publisher leave. */
    static Tale gone(String reason, String detail) {
        return of("streamDestroyed " + reason, "connectionDestroyed " + reason + " " + detail);
    }

    /** The others see a publisher lost and, after the window, gone. */
    static Tale lost(String detail) {
        return of(
                "connectionReconnecting",
                "streamDestroyed networkDisconnected",
                "connectionDestroyed networkDisconnected " + detail);
    }

    Tale or(Tale other) {
        return new Tale(Stream.concat(ways.stream(), other.ways.stream()).toList());
    }

    Tale times(int count) {
        return new Tale(ways.stream()
                .map(way -> Stream.generate(() -> way)
                        .limit(count)
                        .flatMap(List::stream)
                        .toList())
                .toList());
    }

    @Override
    public String toString() {
        return ways.stream().map(Tale::words).collect(Collectors.joining(" *or* "));
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
