package dev.videosession.media.internal.link;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Subscribes and unsubscribes over and over in one process and watches its resident memory. Arguments: cycles, warm-up
 * cycles. Prints one line of figures every 50 cycles.
 */
public final class LinkChurn {
    private LinkChurn() {}

    /** What a run showed. */
    record Result(long residentAfterWarmUp, long residentAtEnd, List<Long> firstFrameMillis) {
        double megabytesGrown() {
            return (residentAtEnd - residentAfterWarmUp) / 1024.0;
        }
    }

    static Result run(int cycles, int warmUp, Consumer<String> report) throws Exception {
        List<Long> firstFrames = new ArrayList<>();
        long start = 0;
        try (RtcEngine engine = new RtcEngine(new RtcFactories(true), TimeSource.system());
                LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440))) {
            for (int cycle = 0; cycle < warmUp + cycles; cycle++) {
                if (cycle == warmUp) {
                    start = residentKilobytes();
                }
                firstFrames.add(cycle(engine, media));
                if (cycle % 50 == 49) {
                    report.accept("cycle " + (cycle + 1) + ": " + residentKilobytes() / 1024 + " MB, "
                            + Thread.activeCount() + " threads");
                }
            }
            long end = residentKilobytes();
            return new Result(
                    start, end, firstFrames.stream().skip(warmUp).sorted().toList());
        }
    }

    private static long cycle(RtcEngine engine, LocalMedia media) throws Exception {
        CountDownLatch frame = new CountDownLatch(1);
        long begin = System.nanoTime();
        try (LinkPair pair = new LinkPair(engine, media)) {
            pair.receiver.video().addSink(received -> frame.countDown());
            if (!frame.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("No frame within ten seconds");
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            ((AutoCloseable) pair.receiver.video()).close();
            return millis;
        }
    }

    static long residentKilobytes() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /**
     * Runs it.
     *
     * @param arguments cycles and warm-up cycles
     * @throws Exception when a cycle fails
     */
    public static void main(String[] arguments) throws Exception {
        int[] counts = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        int cycles = counts.length > 0 ? counts[0] : 500;
        int warmUp = counts.length > 1 ? counts[1] : 50;
        Result result = run(cycles, warmUp, System.out::println);
        List<Long> sorted = result.firstFrameMillis();
        System.out.printf(
                "%d cycles after %d: %.1f MB grown; first frame p50 %d ms, p95 %d ms%n",
                cycles,
                warmUp,
                result.megabytesGrown(),
                sorted.get(sorted.size() / 2),
                sorted.get(sorted.size() * 95 / 100));
    }
}
