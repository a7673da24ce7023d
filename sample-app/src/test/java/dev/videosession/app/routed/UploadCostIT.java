package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream costs its publisher, by the number of subscribers: the same through a router, more and more without one. */
@Tag("faults")
class UploadCostIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIDEO = "640x360@30";
    private static final int WINDOWS = 3;
    private static final int WINDOW_REPORTS = 3;
    private static final int SETTLING_REPORTS = 5;

    @TempDir
    private Path directory;

    /** Use of one second, the median of some windows. */
    private record Cost(
            int subscribers,
            double links,
            double publisherCpu,
            double kilobits,
            double routerCpu,
            double routerMegabytes) {
        static Cost median(List<Cost> windows) {
            return new Cost(
                    windows.get(0).subscribers,
                    median(windows, Cost::links),
                    median(windows, Cost::publisherCpu),
                    median(windows, Cost::kilobits),
                    median(windows, Cost::routerCpu),
                    median(windows, Cost::routerMegabytes));
        }

        private static double median(List<Cost> windows, ToDoubleFunction<Cost> value) {
            return windows.stream().mapToDouble(value).sorted().toArray()[windows.size() / 2];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%2d subscribers: %.0f links, publisher %.1f %% of a core and %.0f kbit/s, router %.1f %% and %.1f MB",
                    subscribers,
                    links,
                    publisherCpu,
                    kilobits,
                    routerCpu,
                    routerMegabytes);
        }
    }

    @Test
    void aRoutedPublisherPaysOnceForAllItsSubscribers() throws Exception {
        List<Cost> routed;
        try (LiveSession call = LiveSession.routed(directory)) {
            call.url(); // the server runs
            routed = costs("routed", call, ProcessUse.routerOf(call.server().pid()), 1, 2, 4, 8, 16);
        }
        Cost one = routed.get(0);
        for (Cost each : routed) {
            assertThat(each.links).as("links").isEqualTo(1);
            assertThat(each.kilobits / one.kilobits).as("bytes, %s", each).isBetween(0.95, 1.05);
            if (each.subscribers <= 8) { // 16 subscribers on two cores compete with the publisher
                assertThat(each.publisherCpu / one.publisherCpu)
                        .as("CPU, %s", each)
                        .isBetween(0.9, 1.1);
            }
        }
    }

    @Test
    void aRelayedPublisherPaysForEachSubscriber() throws Exception {
        try (LiveSession call = new LiveSession(directory)) {
            List<Cost> relayed = costs("relayed", call, null, 1, 2, 4, 8);
            assertThat(relayed).allSatisfy(each -> assertThat(each.links).isEqualTo(each.subscribers));
            assertThat(relayed.get(3).kilobits).isGreaterThan(4 * relayed.get(0).kilobits);
        }
    }

    private static List<Cost> costs(String mode, LiveSession call, ProcessUse router, int... subscribers)
            throws IOException {
        Child publisher = call.bot("publisher", call.token("publisher"), "--video", VIDEO);
        List<Child> bots = new ArrayList<>();
        List<Cost> costs = new ArrayList<>();
        for (int count : subscribers) {
            while (bots.size() < count) {
                bots.add(call.bot("subscriber-" + bots.size(), call.token("subscriber"), "--no-publish"));
            }
            for (Child bot : bots) {
                bot.event("media", LIMIT, event -> Bots.number(event, "width") == 640);
            }
            reports(publisher, SETTLING_REPORTS);
            List<Cost> windows = new ArrayList<>();
            for (int i = 0; i < WINDOWS; i++) {
                windows.add(window(count, publisher, router));
            }
            Cost cost = Cost.median(windows);
            System.out.println(mode + ", " + VIDEO + ", " + cost);
            costs.add(cost);
            for (Child bot : bots) {
                int seen = bot.events().size();
                Map<String, Object> media = bot.event("media", LIMIT, seen, event -> true);
                assertThat(Bots.number(media, "fps"))
                        .as("frames a second, %s", cost)
                        .isGreaterThan(20);
            }
        }
        return costs;
    }

    private static Cost window(int subscribers, Child publisher, ProcessUse router) {
        ProcessUse use = new ProcessUse(publisher.pid());
        Map<String, Object> first = reports(publisher, 1);
        double cpu = use.cpuSeconds();
        double routerCpu = router == null ? 0 : router.cpuSeconds();
        long nanos = System.nanoTime();
        Map<String, Object> last = reports(publisher, WINDOW_REPORTS);
        double seconds = (System.nanoTime() - nanos) / 1e9;
        double reported = (Bots.number(last, "at") - Bots.number(first, "at")) / 1000;
        return new Cost(
                subscribers,
                Bots.number(last, "links"),
                100 * (use.cpuSeconds() - cpu) / seconds,
                (Bots.number(last, "bytesSent") - Bots.number(first, "bytesSent")) * 8 / 1000 / reported,
                router == null ? 0 : 100 * (router.cpuSeconds() - routerCpu) / seconds,
                router == null ? 0 : router.residentMegabytes());
    }

    /** Waits for some further reports of a publisher and returns the last one. */
    private static Map<String, Object> reports(Child publisher, int count) {
        Map<String, Object> last = Map.of();
        for (int i = 0; i < count; i++) {
            last = publisher.event("publisherMedia", LIMIT, publisher.events().size(), event -> true);
        }
        return last;
    }
}
