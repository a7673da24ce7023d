package dev.videosession.media.internal.capture;

import dev.videosession.media.AudioSources;
import dev.videosession.media.Devices;
import dev.videosession.media.MicrophoneMeter;
import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.probe.ToneMeter;
import dev.videosession.media.source.AudioProcessing;
import dev.videosession.protocol.time.TimeSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends a microphone of this machine's audio system and prints a word for each check that holds: meter (900 Hz of the second microphone
 * without a link), refused (a second microphone), level,
 * muted, unmuted, tone (600 Hz of the first microphone), switched (900 Hz of the second one), output (another speaker, at half volume),
 * ended. A program, because the audio server is chosen by the environment.
 */
public final class MicrophoneProbe {
    /** Decoded silence is not always exactly zero. */
    private static final double SILENCE = 0.01;

    private MicrophoneProbe() {}

    private interface Check {
        boolean holds();
    }

    /**
     * Runs it.
     *
     * @param arguments the names of two microphones, to be sent first and second, and of two speakers
     * @throws Exception when a step does not hold within its time
     */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ToneMeter metered = new ToneMeter();
        try (MicrophoneMeter meter = MicrophoneMeter.open(microphone(arguments[1]))) {
            meter.audio().addSink(metered);
            await("meter", () -> meter.audio().level() > 0.02 && Math.abs(metered.hertz() - 900) < 10);
        }
        try (RtcEngine engine = new RtcEngine(new RtcFactories(false), TimeSource.system());
                LocalMedia media =
                        engine.capture(null, AudioSources.microphone(microphone(arguments[0]), AudioProcessing.NONE));
                LinkPair pair = new LinkPair(engine, media)) {
            media.onEnded(ended::countDown);
            try (LocalMedia other = engine.capture(null, AudioSources.microphone(microphone(arguments[1])))) {
                throw new IllegalStateException("two microphones at once: " + other.hasAudio());
            } catch (MediaUnavailableException e) {
                report("refused");
            }
            await("level", () -> media.audio().level() > 0.02);
            media.setAudioEnabled(false);
            await(
                    "muted",
                    () -> media.audio().level() < SILENCE
                            && pair.receiver.audio().level() < SILENCE);
            media.setAudioEnabled(true);
            await(
                    "unmuted",
                    () -> media.audio().level() > 0.02 && pair.receiver.audio().level() > 0.02);
            ToneMeter tone = new ToneMeter();
            pair.receiver.audio().addSink(tone);
            await("tone", () -> Math.abs(tone.hertz() - 600) < 10);
            media.switchAudio(AudioSources.microphone(microphone(arguments[1])));
            await("switched", () -> Math.abs(tone.hertz() - 900) < 10);
            engine.setAudioOutput(named(arguments[2], Devices.speakers()));
            engine.setAudioOutput(named(arguments[3], Devices.speakers()));
            engine.setOutputVolume(50);
            await("output", () -> Math.abs(tone.hertz() - 900) < 10);
            if (!ended.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not ended");
            }
            report("ended");
        }
    }

    private static MediaDevice microphone(String name) {
        return named(name, Devices.microphones());
    }

    private static MediaDevice named(String name, List<MediaDevice> all) {
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " is not among " + all));
    }

    private static void await(String what, Check check) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!check.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("never " + what);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        report(what);
    }

    private static void report(String word) {
        System.out.println("probe " + word);
    }
}
