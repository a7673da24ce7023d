package dev.videosession.media.internal.link;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Time to the first frame and latency from push to sink, of links and of webrtc-java alone, in turns in one process.
 * Arguments: rounds, frames a round.
 */
public final class LinkLatency {
    private LinkLatency() {}

    /** Remembers when each frame was pushed and how long it took. */
    private static final class Clock implements VideoSink {
        final Map<Long, Long> pushed = new ConcurrentHashMap<>();
        final List<Long> micros = new ArrayList<>();
        final CountDownLatch first = new CountDownLatch(1);
        final CountDownLatch enough;
        private boolean warm;

        Clock(int frames) {
            enough = new CountDownLatch(frames);
        }

        void push(VideoFrame frame) {
            FrameStamp.read(frame).ifPresent(stamp -> pushed.put(stamp.number(), System.nanoTime()));
        }

        @Override
        public void onFrame(VideoFrame frame) {
            long now = System.nanoTime();
            first.countDown();
            FrameStamp.read(frame).ifPresent(stamp -> {
                Long at = pushed.remove(stamp.number());
                if (at != null && warm) {
                    micros.add((now - at) / 1000);
                }
                warm |= enough.getCount() > 0;
                enough.countDown();
            });
        }
    }

    /**
     * Runs it.
     *
     * @param arguments rounds, frames a round
     * @throws Exception when a peer does not connect
     */
    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        int frames = Integer.parseInt(arguments[1]);
        List<Long> ourFirst = new ArrayList<>();
        List<Long> bareFirst = new ArrayList<>();
        List<Long> ours = new ArrayList<>();
        List<Long> bare = new ArrayList<>();
        try (RtcEngine engine = new RtcEngine(new RtcFactories(true), TimeSource.system())) {
            PeerConnectionFactory sending = new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
            PeerConnectionFactory receiving = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
            for (int round = 0; round < rounds; round++) {
                boolean counts = round > 1;
                Clock linked = new Clock(frames);
                long first = withLinks(engine, linked);
                Clock alone = new Clock(frames);
                long bareMillis = withoutLinks(sending, receiving, alone);
                if (counts) {
                    ourFirst.add(first);
                    bareFirst.add(bareMillis);
                    ours.addAll(linked.micros);
                    bare.addAll(alone.micros);
                }
            }
        }
        print("links", ourFirst, ours);
        print("webrtc-java alone", bareFirst, bare);
        System.exit(0);
    }

    private static void print(String what, List<Long> first, List<Long> latency) {
        System.out.printf(
                "%s: first frame p50 %d ms, p95 %d ms; push to sink p50 %.1f ms, p95 %.1f ms (%d frames)%n",
                what,
                percentile(first, 50),
                percentile(first, 95),
                percentile(latency, 50) / 1000.0,
                percentile(latency, 95) / 1000.0,
                latency.size());
    }

    private static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((sorted.size() - 1) * percent / 100);
    }

    private static long withLinks(RtcEngine engine, Clock clock) throws Exception {
        VideoSource pattern = VideoSources.pattern(VideoFormat.P360);
        VideoSource timed = new VideoSource() {
            @Override
            public Kind kind() {
                return pattern.kind();
            }

            @Override
            public VideoFormat format() {
                return pattern.format();
            }

            @Override
            public Capture start(VideoSink sink, Runnable ended) {
                return pattern.start(
                        frame -> {
                            clock.push(frame);
                            sink.onFrame(frame);
                        },
                        ended);
            }
        };
        try (LocalMedia media = engine.capture(timed, null)) {
            long begin = System.nanoTime();
            try (LinkPair pair = new LinkPair(engine, media)) {
                pair.receiver.video().addSink(clock);
                return finish(clock, begin);
            }
        }
    }

    private static long withoutLinks(PeerConnectionFactory sending, PeerConnectionFactory receiving, Clock clock)
            throws Exception {
        AtomicReference<@Nullable NativePair> target = new AtomicReference<>();
        try (Capture capture = VideoSources.pattern(VideoFormat.P360)
                .start(
                        frame -> {
                            NativePair pair = target.get();
                            if (pair != null) {
                                clock.push(frame);
                                pair.push((NativeFrame) frame);
                            }
                        },
                        () -> {})) {
            long begin = System.nanoTime();
            try (NativePair pair = new NativePair(sending, receiving, clock)) {
                target.set(pair);
                long millis = finish(clock, begin);
                target.set(null);
                capture.close();
                return millis;
            }
        }
    }

    private static long finish(Clock clock, long begin) throws InterruptedException {
        if (!clock.first.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("No frame within ten seconds");
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        if (!clock.enough.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("Frames stopped coming");
        }
        return millis;
    }
}
