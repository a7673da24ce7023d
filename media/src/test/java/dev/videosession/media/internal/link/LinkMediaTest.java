package dev.videosession.media.internal.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.CustomAudio;
import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.probe.ToneMeter;
import dev.videosession.media.source.VideoFormat;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What arrives at the other end, by its pixels and samples. */
class LinkMediaTest extends LiveMedia {
    private static void awaitTone(ToneMeter meter, double hertz) {
        await(hertz + " Hz")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(meter.hertz()).isCloseTo(hertz, within(hertz / 50)));
    }

    @Test
    void frameNumbersReadFromPixelsAdvanceAtTheRateOfTheSource() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(90);

            List<FrameStamp> seen = List.copyOf(stamps.read).subList(30, 90);
            assertThat(seen).extracting(FrameStamp::number).isSorted().doesNotHaveDuplicates();
            double numbers = seen.get(59).number() - seen.get(0).number();
            double seconds = (seen.get(59).epochMillis() - seen.get(0).epochMillis()) / 1000.0;
            assertThat(numbers / seconds).isCloseTo(30, within(2.0));
            assertThat(stamps.unreadable).isLessThan(5);
            assertThat(System.currentTimeMillis() - stamps.last().epochMillis()).isBetween(0L, 500L);
        }
    }

    @Test
    void toneIsHeardAtItsFrequency() throws Exception {
        try (LocalMedia media = engine.capture(null, AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            ToneMeter meter = new ToneMeter();
            pair.receiver.audio().addSink(meter);

            awaitTone(meter, 440);
            assertThat(pair.receiver.audio().level()).isBetween(0.1, 0.5);
            assertThat(media.audio().level()).isCloseTo(0.25, within(0.02));
        }
    }

    @Test
    void videoAndAudioGoBothWaysAtOnce() throws Exception {
        try (LocalMedia ada = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(500));
                LocalMedia bob =
                        engine.capture(VideoSources.pattern(new VideoFormat(320, 180, 15)), AudioSources.tone(1200));
                LinkPair there = new LinkPair(engine, ada);
                LinkPair back = new LinkPair(engine, bob)) {
            ToneMeter low = new ToneMeter();
            ToneMeter high = new ToneMeter();
            there.receiver.audio().addSink(low);
            back.receiver.audio().addSink(high);
            Stamps large = Stamps.of(there.receiver.video());
            Stamps small = Stamps.of(back.receiver.video());

            large.awaitMore(20);
            small.awaitMore(20);
            awaitTone(low, 500);
            awaitTone(high, 1200);
            assertThat(large.width).isEqualTo(640);
            assertThat(small.width).isEqualTo(320);
        }
    }

    @Test
    void oneSourceReachesSeveralSubscribers() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(700));
                LinkPair first = new LinkPair(engine, media)) {
            Stamps one = Stamps.of(first.receiver.video());
            one.awaitMore(5);
            try (LinkPair second = new LinkPair(engine, media)) {
                ToneMeter meter = new ToneMeter();
                second.receiver.audio().addSink(meter);
                Stamps.of(second.receiver.video()).awaitMore(10);
                awaitTone(meter, 700);
            }
            one.awaitMore(10);
        }
    }

    @Test
    void disabledVideoTurnsBlackAndComesBack() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);

            media.setVideoEnabled(false);
            await("black").atMost(LIMIT).until(() -> stamps.brightness < 24);
            long localFrames = media.video().frames();

            media.setVideoEnabled(true);
            stamps.awaitMore(10);
            assertThat(media.video().frames()).isGreaterThan(localFrames);
            assertThat(stamps.brightness).isGreaterThan(40);
        }
    }

    @Test
    void mutedAudioIsSilentAndComesBack() throws Exception {
        try (LocalMedia media = engine.capture(null, AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            ToneMeter meter = new ToneMeter();
            pair.receiver.audio().addSink(meter);
            awaitTone(meter, 440);

            media.setAudioEnabled(false);
            await("silence").atMost(LIMIT).until(() -> meter.hertz() == 0);
            await("no level").atMost(LIMIT).until(() -> media.audio().level() == 0);

            media.setAudioEnabled(true);
            awaitTone(meter, 440);
        }
    }

    @Test
    void pausedSubscriptionGetsNothingUntilItIsResumed() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            ToneMeter meter = new ToneMeter();
            pair.receiver.audio().addSink(meter);
            stamps.awaitMore(5);
            awaitTone(meter, 440);

            pair.sender.setVideoActive(false);
            pair.sender.setAudioActive(false);
            await("silence").atMost(LIMIT).until(() -> meter.hertz() == 0);
            long frames = pair.receiver.video().frames();
            await("no frame for a second")
                    .during(1, TimeUnit.SECONDS)
                    .atMost(LIMIT)
                    .until(() -> pair.receiver.video().frames() - frames < 3);

            pair.sender.setVideoActive(true);
            pair.sender.setAudioActive(true);
            stamps.awaitMore(5);
            awaitTone(meter, 440);
        }
    }

    @Test
    void pushedVideoAndAudioArrive() throws Exception {
        CustomVideo picture = VideoSources.custom(VideoFormat.P360);
        CustomAudio sound = AudioSources.custom();
        int[] orange = new int[640 * 360];
        Arrays.fill(orange, Color.ORANGE.getRGB());
        short[] block = new short[CustomAudio.FRAMES_PER_BLOCK * 2];
        AtomicInteger position = new AtomicInteger();
        ScheduledExecutorService application = Executors.newScheduledThreadPool(2);
        try (LocalMedia media = engine.capture(picture, sound);
                LinkPair pair = new LinkPair(engine, media)) {
            var pictures = application.scheduleAtFixedRate(
                    () -> picture.pushRgb(orange, 640, 360), 0, 33, TimeUnit.MILLISECONDS);
            var sounds = application.scheduleAtFixedRate(
                    () -> {
                        for (int i = 0; i < block.length; i += 2) {
                            double time = position.getAndIncrement() / 48_000.0;
                            block[i] = (short) (9000 * Math.sin(2 * Math.PI * 880 * time));
                            block[i + 1] = block[i];
                        }
                        sound.push(block, 2);
                    },
                    0,
                    10,
                    TimeUnit.MILLISECONDS);
            ToneMeter meter = new ToneMeter();
            pair.receiver.audio().addSink(meter);

            awaitTone(meter, 880);
            await("orange")
                    .atMost(LIMIT)
                    .until(() -> pair.receiver
                            .video()
                            .snapshot()
                            .map(image -> new Color(image.getRGB(320, 180)))
                            .filter(color -> color.getRed() > 230 && color.getBlue() < 40)
                            .isPresent());
            assertThat(pictures.isDone()).isFalse();
            assertThat(sounds.isDone()).isFalse();
        } finally {
            application.shutdownNow();
            assertThat(application.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void videoOfAnOddSizeArrives() throws Exception {
        CustomVideo picture = VideoSources.custom(VideoFormat.P360);
        int[] pixels = new int[641 * 359];
        Arrays.fill(pixels, Color.ORANGE.getRGB());
        ScheduledExecutorService application = Executors.newSingleThreadScheduledExecutor();
        try (LocalMedia media = engine.capture(picture, null);
                LinkPair pair = new LinkPair(engine, media)) {
            var pushing = application.scheduleAtFixedRate(
                    () -> picture.pushRgb(pixels, 641, 359), 0, 33, TimeUnit.MILLISECONDS);
            await("orange to the last column and row")
                    .atMost(LIMIT)
                    .until(() -> pair.receiver
                            .video()
                            .snapshot()
                            .filter(image -> image.getWidth() == 641 && image.getHeight() == 359)
                            .map(image -> new Color(image.getRGB(640, 358)))
                            .filter(color -> color.getRed() > 225 && color.getBlue() < 50)
                            .isPresent());
            assertThat(pushing.isDone()).isFalse();
        } finally {
            application.shutdownNow();
            assertThat(application.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void videoSourceIsExchangedWithoutNegotiation() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);

            media.switchVideo(VideoSources.pattern(new VideoFormat(320, 240, 15)));
            await("the new size").atMost(LIMIT).until(() -> stamps.width == 320);
            stamps.awaitMore(5);

            assertThat(pair.out.descriptions).hasSize(1);
            assertThat(media.width()).isEqualTo(320);
            assertThat(media.height()).isEqualTo(240);
        }
    }

    @Test
    void lowerResolutionAndRateAreSentOnRequest() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps stamps = Stamps.of(pair.receiver.video());
            stamps.awaitMore(5);

            pair.sender.setScaleResolutionDownBy(2);
            await("half the width").atMost(LIMIT).until(() -> stamps.width == 320);
            stamps.awaitMore(5);

            pair.sender.setMaxFramerate(10);
            stamps.awaitMore(15);
            int before = stamps.read.size();
            stamps.awaitMore(10);
            List<FrameStamp> slow = List.copyOf(stamps.read).subList(before, before + 10);
            double seconds = (slow.get(9).epochMillis() - slow.get(0).epochMillis()) / 1000.0;
            assertThat(9 / seconds).isBetween(5.0, 12.0);
        }
    }

    @Test
    void countersSayWhatFlows() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
                LinkPair pair = new LinkPair(engine, media)) {
            Stamps.of(pair.receiver.video()).awaitMore(30);

            var sent = pair.sender.stats().get(5, TimeUnit.SECONDS);
            var received = pair.receiver.stats().get(5, TimeUnit.SECONDS);

            assertThat(sent.bytes()).isPositive();
            assertThat(sent.byKind()).containsKeys("audio", "video");
            assertThat(sent.width()).isEqualTo(640);
            assertThat(received.frames()).isGreaterThanOrEqualTo(30);
            assertThat(received.packets()).isPositive();
            assertThat(received.path()).isEqualTo("host/host");
            assertThat(pair.sender.state()).isEqualTo(LinkState.CONNECTED);
        }
    }
}
