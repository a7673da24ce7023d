package dev.videosession.media.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.CustomAudio;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.probe.ToneMeter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Audio of an application, as a receiver hears it over a real link. */
class PushedAudioTest extends LiveMedia {
    private static final double HERTZ = 880;

    private final AtomicInteger position = new AtomicInteger();

    private short[] next(int rate, int channels, int frames) {
        short[] block = new short[frames * channels];
        int start = position.getAndAdd(frames);
        for (int i = 0; i < block.length; i++) {
            block[i] = (short) (9000 * Math.sin(2 * Math.PI * HERTZ * (start + i / channels) / rate));
        }
        return block;
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 1, 1024", "48000, 2, 7", "48000, 3, 480", "44100, 1, 1024", "44100, 2, 441", "22050, 1, 512",
        "11025, 1, 1024", "8000, 1, 80", "96000, 2, 4096", "192000, 1, 8192", "16000, 8, 1600", "48000, 1, 24000"
    })
    void toneIsHeardWhateverTheBlocks(int rate, int channels, int frames) throws Exception {
        CustomAudio source = AudioSources.custom();
        ScheduledExecutorService application = Executors.newSingleThreadScheduledExecutor();
        try (LocalMedia media = engine.capture(null, source);
                LinkPair pair = new LinkPair(engine, media)) {
            ToneMeter meter = new ToneMeter();
            pair.receiver.audio().addSink(meter);
            // blocks of less than 10 ms would need a finer clock: several at a time
            int together = Math.max(1, rate / 100 / frames);
            long period = (long) together * frames * 1_000_000 / rate;
            var pushing = application.scheduleAtFixedRate(
                    () -> {
                        for (int i = 0; i < together; i++) {
                            source.push(next(rate, channels, frames), rate, channels);
                        }
                    },
                    0,
                    period,
                    TimeUnit.MICROSECONDS);

            await("the tone")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(meter.hertz()).isCloseTo(HERTZ, within(HERTZ / 50)));
            assertThat(pushing.isDone()).isFalse();
        } finally {
            application.shutdownNow();
            assertThat(application.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void sentenceInOneBlockIsHeardFromItsBeginningToItsEnd() throws Exception {
        CustomAudio source = AudioSources.custom();
        try (LocalMedia media = engine.capture(null, source);
                LinkPair pair = new LinkPair(engine, media)) {
            ToneMeter meter = new ToneMeter();
            AtomicInteger loudFrames = new AtomicInteger();
            pair.receiver.audio().addSink(meter);
            pair.receiver.audio().addSink((samples, rate, channels, frames) -> {
                int peak = 0;
                for (int i = 0; i < frames * channels; i++) {
                    peak = Math.max(peak, Math.abs((int) samples[i]));
                }
                loudFrames.addAndGet(peak > 2000 ? frames : 0);
            });
            await("the link")
                    .atMost(LIMIT)
                    .until(() -> pair.in.states.contains(LinkState.CONNECTED)
                            && pair.out.states.contains(LinkState.CONNECTED));

            source.push(next(48_000, 1, 5 * 48_000), 1);

            await("four seconds of it").atMost(LIMIT).until(() -> loudFrames.get() > 4 * 48_000);
            assertThat(meter.hertz()).isCloseTo(HERTZ, within(HERTZ / 50));
            await("its end").atMost(LIMIT).until(() -> meter.hertz() == 0);
            assertThat(loudFrames.get() / 48_000.0).isCloseTo(5, within(0.4));
        }
    }
}
