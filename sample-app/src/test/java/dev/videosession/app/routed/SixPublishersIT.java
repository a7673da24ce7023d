package dev.videosession.app.routed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six participants that all publish, and subscribe to each other at the size of a tile. */
class SixPublishersIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final int LEAST_FRAMES_PER_SECOND = 12;

    @TempDir
    private Path directory;

    private final List<Child> bots = new ArrayList<>();

    /** The short form: links and sizes. Frame rates depend on the load of the machine. */
    @Test
    void threeParticipantsReceiveEachOtherOverOneUploadEach() throws Exception {
        try (LiveSession call = LiveSession.routed(directory)) {
            join(call, 3);
            assertOneUploadEach();
        }
    }

    @Tag("faults")
    @Test
    void everyParticipantReceivesEveryOtherOneOverOneUploadEach() throws Exception {
        try (LiveSession call = LiveSession.routed(directory)) {
            join(call, 6);
            assertThat(slowestVideo(ProcessUse.routerOf(call.server().pid()))).isGreaterThan(LEAST_FRAMES_PER_SECOND);
            assertOneUploadEach();
        }
    }

    /** Starts participants until all of them receive each other at the size of a tile. */
    private void join(LiveSession call, int participants) throws Exception {
        for (int i = 0; i < participants; i++) {
            bots.add(call.bot("bot-" + i, call.token("publisher"), "--video", "640x360@15"));
        }
        for (Child bot : bots) {
            await("all videos").atMost(LIMIT).until(() -> lastMedia(bot).size() == participants - 1);
            for (String stream : lastMedia(bot).keySet()) {
                bot.send("{\"do\":\"preferredResolution\",\"stream\":\"" + stream + "\",\"width\":320,\"height\":180}");
            }
        }
        for (Child bot : bots) {
            await("small videos")
                    .atMost(LIMIT)
                    .until(() ->
                            lastMedia(bot).values().stream().allMatch(media -> Bots.number(media, "width") == 320));
        }
    }

    private double slowestVideo(ProcessUse router) {
        List<ProcessUse> uses =
                bots.stream().map(bot -> new ProcessUse(bot.pid())).toList();
        List<Map<String, Map<String, Object>>> before =
                bots.stream().map(SixPublishersIT::lastMedia).toList();
        double routerCpu = router.cpuSeconds();
        double[] cpu = uses.stream().mapToDouble(ProcessUse::cpuSeconds).toArray();
        long start = System.nanoTime();
        await("a while").atMost(LIMIT).until(() -> System.nanoTime() - start > MEASURED.toNanos());
        double seconds = (System.nanoTime() - start) / 1e9;
        double clients = 0;
        double slowest = Double.MAX_VALUE;
        for (int i = 0; i < bots.size(); i++) {
            clients += 100 * (uses.get(i).cpuSeconds() - cpu[i]) / seconds / bots.size();
            Map<String, Map<String, Object>> after = lastMedia(bots.get(i));
            for (Map.Entry<String, Map<String, Object>> stream : before.get(i).entrySet()) {
                Map<String, Object> now = after.get(stream.getKey());
                double millis = Bots.number(now, "at") - Bots.number(stream.getValue(), "at");
                double frames = Bots.number(now, "frames") - Bots.number(stream.getValue(), "frames");
                slowest = Math.min(slowest, frames * 1000 / millis);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "six participants, 640x360@15 published, 320x180 received: %.1f %% of a core each, router %.1f %% and"
                        + " %.1f MB, slowest video %.1f frames/s%n",
                clients,
                100 * (router.cpuSeconds() - routerCpu) / seconds,
                router.residentMegabytes(),
                slowest);
        return slowest;
    }

    private void assertOneUploadEach() {
        for (Child bot : bots) {
            Map<String, Object> sent =
                    bot.event("publisherMedia", LIMIT, bot.events().size(), event -> true);
            assertThat(sent).containsEntry("links", 1.0);
        }
    }

    /** The last report of each received video. */
    private static Map<String, Map<String, Object>> lastMedia(Child bot) {
        Map<String, Map<String, Object>> last = new HashMap<>();
        for (Map<String, Object> event : bot.events()) {
            if ("media".equals(event.get("event"))) {
                last.put(String.valueOf(event.get("streamId")), event);
            }
        }
        return last;
    }
}
