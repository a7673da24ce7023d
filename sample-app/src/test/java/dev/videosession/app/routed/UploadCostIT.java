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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stream costs its publisher, by the number of subscribers: the same through a router, more and more without one. */
class UploadCostIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String VIDEO = "640x360@30";
    private static final int RUNS = 3;

    /** A new process is compiled as it runs: its first seconds cost more. */
    private static final Measurement LONG = new Measurement(5, 2, 3, 20);

    private static final Measurement SHORT = new Measurement(0, 1, 3, 1);

    /** What the library sends at most of 640x360: encodings of 200 and 700 kbit/s, audio and headers. */
    private static final int ONE_UPLOAD_KILOBITS = 1_000;

    @TempDir
    private Path directory;

    /** How many reports, one a second, pass before a publisher is measured, and how many are measured. */
    private record Measurement(int warmUp, int settling, int window, int leastFramesPerSecond) {}

    /** Use of one second. */
    private record Cost(
            int subscribers,
            double links,
            double publisherCpu,
            double kilobits,
            double routerCpu,
            double routerMegabytes) {
        static Cost median(List<Cost> runs) {
            return new Cost(
                    runs.get(0).subscribers,
                    median(runs, Cost::links),
                    median(runs, Cost::publisherCpu),
                    median(runs, Cost::kilobits),
                    median(runs, Cost::routerCpu),
                    median(runs, Cost::routerMegabytes));
        }

        private static double median(List<Cost> runs, ToDoubleFunction<Cost> value) {
            return runs.stream().mapToDouble(value).sorted().toArray()[runs.size() / 2];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%2d subscribers: %.0f links, publisher %.1f %% of a core and %.0f kbit/s, router %.1f %% and %.1f"
                            + " MB",
                    subscribers,
                    links,
                    publisherCpu,
                    kilobits,
                    routerCpu,
                    routerMegabytes);
        }
    }

    /** The short form: links, and a bound of the bytes, which a loaded machine can only decrease. */
    @Test
    void threeSubscribersCostTheUploadOfOne() throws Exception {
        try (LiveSession call = LiveSession.routed(directory)) {
            List<Cost> costs = costs(SHORT, call, "publisher", subscribers(call, 3), null, 3, 1);
            assertThat(costs).allSatisfy(each -> assertThat(each.links).isEqualTo(1));
            assertThat(costs).allSatisfy(each -> assertThat(each.kilobits).isPositive());
            // without a router, three subscribers and one would cost four uploads
            assertThat(costs.stream().mapToDouble(Cost::kilobits).sum()).isLessThan(3 * ONE_UPLOAD_KILOBITS);
        }
    }

    @Tag("faults")
    @Test
    void aRoutedPublisherPaysOnceForAllItsSubscribers() throws Exception {
        try (LiveSession call = LiveSession.routed(directory)) {
            List<Child> subscribers = subscribers(call, 8);
            ProcessUse router = ProcessUse.routerOf(call.server().pid());
            List<List<Cost>> runs = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                runs.add(costs(LONG, call, "publisher-" + run, subscribers, router, 8, 4, 2, 1));
            }
            List<Cost> costs = IntStream.range(0, runs.get(0).size())
                    .mapToObj(index ->
                            Cost.median(runs.stream().map(run -> run.get(index)).toList()))
                    .toList();
            costs.forEach(each -> System.out.println("routed, " + VIDEO + ", median of " + RUNS + " runs, " + each));
            Cost one = costs.get(costs.size() - 1);
            assertThat(costs).allSatisfy(each -> {
                assertThat(each.links).isEqualTo(1);
                assertThat(each.kilobits / one.kilobits).isBetween(0.95, 1.05);
                assertThat(each.publisherCpu / one.publisherCpu).isBetween(0.9, 1.1);
            });
        }
    }

    @Tag("faults")
    @Test
    void theRouterPaysForEachSubscriber() throws Exception {
        try (LiveSession call = LiveSession.routed(directory)) {
            List<Child> subscribers = subscribers(call, 16);
            ProcessUse router = ProcessUse.routerOf(call.server().pid());
            List<Cost> costs = costs(LONG, call, "routed", subscribers, router, 16, 8, 1);
            Cost most = costs.get(0);
            Cost one = costs.get(2);
            System.out.printf(
                    Locale.ROOT,
                    "router, for each subscriber: %.2f %% of a core%n",
                    (most.routerCpu - one.routerCpu) / (most.subscribers - one.subscribers));
            assertThat(most.kilobits / one.kilobits).isBetween(0.95, 1.05);
            assertThat(most.routerCpu).isGreaterThan(one.routerCpu);
        }
    }

    @Tag("faults")
    @Test
    void aRelayedPublisherPaysForEachSubscriber() throws Exception {
        try (LiveSession call = new LiveSession(directory)) {
            List<Cost> relayed = costs(LONG, call, "relayed", subscribers(call, 8), null, 8, 4, 2, 1);
            assertThat(relayed).allSatisfy(each -> assertThat(each.links).isEqualTo(each.subscribers));
            assertThat(relayed.get(0).kilobits).isGreaterThan(4 * relayed.get(3).kilobits);
        }
    }

    private static List<Child> subscribers(LiveSession call, int count) throws IOException {
        List<Child> bots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bots.add(call.bot("subscriber-" + i, call.token("subscriber"), "--no-publish"));
        }
        return bots;
    }

    /** Measures a new publisher with fewer and fewer of these subscribers. */
    private static List<Cost> costs(
            Measurement measurement,
            LiveSession call,
            String name,
            List<Child> subscribers,
            @Nullable ProcessUse router,
            int... counts)
            throws Exception {
        Child publisher = call.bot(name, call.token("publisher"), "--video", VIDEO);
        String stream = LiveSession.stream(publisher);
        for (Child bot : subscribers) {
            bot.event(
                    "media",
                    LIMIT,
                    event -> stream.equals(event.get("streamId")) && Bots.number(event, "width") == 640);
        }
        reports(publisher, measurement.warmUp);
        List<Child> subscribed = new ArrayList<>(subscribers);
        List<Cost> costs = new ArrayList<>();
        for (int count : counts) {
            while (subscribed.size() > count) {
                Child bot = subscribed.remove(subscribed.size() - 1);
                bot.send("{\"do\":\"unsubscribe\",\"stream\":\"" + stream + "\"}");
            }
            reports(publisher, measurement.settling);
            Cost cost = window(measurement.window, count, publisher, router);
            costs.add(cost);
            System.out.println(name + ", " + VIDEO + ", " + cost);
            for (Child bot : subscribed) {
                Map<String, Object> media =
                        bot.event("media", LIMIT, bot.events().size(), event -> true);
                assertThat(Bots.number(media, "fps"))
                        .as("frames a second, %s", cost)
                        .isGreaterThanOrEqualTo(measurement.leastFramesPerSecond);
            }
        }
        publisher.send("{\"do\":\"exit\"}");
        publisher.exitCode();
        return costs;
    }

    private static Cost window(int reports, int subscribers, Child publisher, @Nullable ProcessUse router) {
        ProcessUse use = new ProcessUse(publisher.pid());
        Map<String, Object> first = reports(publisher, 1);
        double cpu = use.cpuSeconds();
        double routerCpu = router == null ? 0 : router.cpuSeconds();
        long nanos = System.nanoTime();
        Map<String, Object> last = reports(publisher, reports);
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
