package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The media router of a call of four ends or hangs: the videos return, and the session has no event. */
@Tag("faults")
class RouterLossIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** One for all requests: each client would keep a socket of the server open. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final int LOSSES = 20;

    /** Losses one after the other, before the router has time to become stable. */
    private static final int IN_A_ROW = 4;

    private static final int WARM_UP = 8;
    private static final int PARTICIPANTS = 4;
    private static final int FRAMES_PER_SECOND = 15;
    private static final long KILLED_MILLIS = 5_000;
    private static final long HUNG_MILLIS = 10_000;
    private static final Set<String> OF_MEDIA = Set.of(
            "media",
            "publisherMedia",
            "firstFrame",
            "subscriberConnected",
            "subscriberDisconnected",
            "subscriberReconnected");

    @TempDir
    private Path directory;

    private final List<Child> bots = new ArrayList<>();

    @Test
    void videosReturnEachTimeTheRouterIsKilledAndNothingLeaks() throws Exception {
        try (LiveSession call = call()) {
            ProcessUse server = new ProcessUse(call.server().pid());
            int[] known = joined();
            List<Long> times = new ArrayList<>();
            Map<ProcessUse, MemoryUse> before = new HashMap<>();
            for (int i = 0; i < LOSSES; i++) {
                if (i % IN_A_ROW == 0) {
                    await("the router is stable").atMost(LIMIT).until(() -> sum(call, "failures") == 0);
                }
                if (i == WARM_UP) {
                    remember(server, before);
                }
                times.add(lose(server, "KILL"));
            }
            System.out.println("all videos back after kill -9 of the router: " + times + " ms");
            assertThat(times).allMatch(each -> each <= KILLED_MILLIS);
            assertNoEvent(known);
            before.forEach((process, use) -> {
                MemoryUse now = MemoryUse.of(process);
                System.out.println(process + " from " + use + " to " + now);
                now.assertBaseline(use);
            });
            assertThat(ends(call)).isEqualTo(PARTICIPANTS * PARTICIPANTS);
            bots.forEach(Child::close);
            await("the router is empty").atMost(LIMIT).until(() -> ends(call) == 0);
        }
    }

    @Test
    void aRouterThatHangsIsReplaced() throws Exception {
        try (LiveSession call = call()) {
            int[] known = joined();
            ProcessUse server = new ProcessUse(call.server().pid());
            long took = lose(server, "STOP");
            System.out.println("all videos back after SIGSTOP of the router: " + took + " ms");
            assertThat(took).isLessThanOrEqualTo(HUNG_MILLIS);
            assertNoEvent(known);
        }
    }

    private LiveSession call() throws IOException {
        LiveSession call = LiveSession.withResidentHeap(directory, "--router", "janus");
        for (int i = 0; i < PARTICIPANTS; i++) {
            bots.add(call.bot("bot-" + i, call.token("publisher"), "--video", "320x180@" + FRAMES_PER_SECOND));
        }
        return call;
    }

    /** Waits until every participant receives every other one; returns how many events each has. */
    private int[] joined() {
        for (Child bot : bots) {
            await("a call of four")
                    .atMost(LIMIT)
                    .until(() -> bot.events().stream()
                                    .filter(event -> "firstFrame".equals(event.get("event")))
                                    .count()
                            == PARTICIPANTS - 1);
        }
        return bots.stream().mapToInt(bot -> bot.events().size()).toArray();
    }

    /** Ends or stops the router and waits until every video goes on; returns after how many milliseconds the last one did. */
    private long lose(ProcessUse server, String signal) throws Exception {
        ProcessUse router = ProcessUse.routerOf(server.pid());
        int[] known = bots.stream().mapToInt(bot -> bot.events().size()).toArray();
        long lost = System.currentTimeMillis();
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(router.pid()))
                        .start()
                        .waitFor())
                .isZero();
        long back = 0;
        for (int i = 0; i < bots.size(); i++) {
            back = Math.max(back, videosBack(bots.get(i), known[i], lost));
        }
        await("the lost router has ended")
                .atMost(LIMIT)
                .until(() -> ProcessHandle.of(router.pid())
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
        return back - lost;
    }

    /** When the last of a bot's videos went on: the first frames since the last report, one each frame interval, end with the report. */
    private static long videosBack(Child bot, int known, long lost) {
        Map<String, Map<String, Object>> frozen = new HashMap<>();
        Map<String, Long> back = new HashMap<>();
        await("all videos go on").atMost(LIMIT).until(() -> {
            frozen.clear();
            back.clear();
            for (Map<String, Object> event : bot.events(known)) {
                if ("media".equals(event.get("event")) && Bots.number(event, "at") > lost) {
                    String stream = String.valueOf(event.get("streamId"));
                    Map<String, Object> first = frozen.putIfAbsent(stream, event);
                    if (first != null && Bots.number(event, "frames") > Bots.number(first, "frames")) {
                        double frames = Bots.number(event, "frames") - Bots.number(first, "frames");
                        back.putIfAbsent(stream, (long) (Bots.number(event, "at") - frames * 1000 / FRAMES_PER_SECOND));
                    }
                }
            }
            return back.size() == PARTICIPANTS - 1;
        });
        return back.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    private void assertNoEvent(int[] known) {
        for (int i = 0; i < bots.size(); i++) {
            assertThat(bots.get(i).events(known[i]))
                    .extracting(event -> event.get("event"))
                    .allMatch(OF_MEDIA::contains);
        }
    }

    private void remember(ProcessUse server, Map<ProcessUse, MemoryUse> uses) {
        uses.put(server, MemoryUse.of(server));
        bots.stream().map(bot -> new ProcessUse(bot.pid())).forEach(bot -> uses.put(bot, MemoryUse.of(bot)));
    }

    /** Publications and subscriptions at the router, as the server counts them. */
    private static long ends(LiveSession call) throws Exception {
        return sum(call, "publishers") + sum(call, "subscribers");
    }

    /** A figure of the router, as the server counts it. */
    private static long sum(LiveSession call, String name) throws Exception {
        HttpResponse<String> metrics = HTTP.send(
                HttpRequest.newBuilder(URI.create(call.url() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith("videosession_router_" + name + "{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
