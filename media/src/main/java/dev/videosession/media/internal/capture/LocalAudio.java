package dev.videosession.media.internal.capture;

import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.pcm.PacedAudio;
import dev.videosession.media.internal.rtc.LocalTrack;
import dev.videosession.media.internal.rtc.PushedAudio;
import dev.videosession.media.internal.rtc.RecordedAudio;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.internal.rtc.device.NativeDevices;
import dev.videosession.media.internal.rtc.device.RecordingDevice;
import dev.videosession.media.source.AudioSource;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.Microphone;
import dev.videosession.media.source.PushedAudioSource;
import org.jspecify.annotations.Nullable;

/** The audio of local media: a native track and its source. */
public abstract class LocalAudio {
    private LocalAudio() {}

    /** {@return the track that links send} */
    public abstract LocalTrack track();

    /** {@return the factory whose connections can send the track} */
    final RtcFactory factory() {
        return track().factory();
    }

    void setEnabled(boolean enabled) {
        track().setEnabled(enabled);
    }

    /** {@return whether the samples pass through Java; if not, their level is in the statistics of a link only} */
    abstract boolean hasSamples();

    abstract void stop();

    /**
     * Replaces the source with another one of its kind. If this throws, the former source continues.
     *
     * @param sending whether a link sends the audio at the moment
     */
    abstract void switchTo(AudioSource source, boolean sending, Runnable onEnded);

    /** A link begins to send the audio. */
    void onSent() {}

    private static IllegalArgumentException otherKind(String now) {
        return new IllegalArgumentException(
                "The publisher sends " + now
                        + ", which can be replaced with its kind only. Publish another publisher with the other source instead.");
    }

    /** Releases the track, after the last link that sent it is closed. */
    void dispose() {
        track().dispose();
    }

    static LocalAudio push(RtcFactories factories, PushedAudioSource source, AudioPipe feed, Runnable onEnded) {
        Pushed pushed = new Pushed(factories.pushedAudio().pushedAudio(), feed);
        try {
            pushed.start(source, onEnded);
            return pushed;
        } catch (RuntimeException | Error e) {
            pushed.dispose();
            throw e;
        }
    }

    /** Opens the microphone. If it does not start, nothing stays open. */
    static LocalAudio record(RtcFactories factories, Microphone microphone, Runnable onEnded) {
        RecordingDevice device = factories.recording();
        if (device == null) {
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "There is no audio system to record from. Start one (PulseAudio or PipeWire on Linux) and create the engine"
                            + " with AudioMode.AUTO, or publish a tone or a custom source instead.");
        }
        try {
            device.acquire(microphone);
        } catch (MediaUnavailableException e) {
            throw e;
        } catch (Exception | Error e) { // the native side throws both without declaring them
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "The microphone cannot be opened (" + e.getMessage() + "). Close other programs that use it, or"
                            + " choose another microphone.",
                    e);
        }
        try {
            RecordedAudio track = factories.playout().recordedAudio(microphone.processing());
            try {
                return new Recorded(
                        track,
                        device,
                        DeviceWatch.of(microphone, NativeDevices::microphones, onEnded)
                                .start());
            } catch (RuntimeException | Error e) {
                track.dispose();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            device.release();
            throw e;
        }
    }

    private static final class Recorded extends LocalAudio {
        private final RecordedAudio track;
        private final RecordingDevice device;
        private Capture watch;

        Recorded(RecordedAudio track, RecordingDevice device, Capture watch) {
            this.track = track;
            this.device = device;
            this.watch = watch;
        }

        @Override
        public LocalTrack track() {
            return track;
        }

        @Override
        boolean hasSamples() {
            return false;
        }

        @Override
        void onSent() {
            device.started();
        }

        @Override
        synchronized void switchTo(AudioSource source, boolean sending, Runnable onEnded) {
            if (!(source instanceof Microphone microphone)) {
                throw otherKind("a microphone");
            }
            device.exchange(microphone, sending);
            watch.close();
            watch = DeviceWatch.of(microphone, NativeDevices::microphones, onEnded)
                    .start();
        }

        @Override
        synchronized void stop() {
            watch.close();
            track.setEnabled(false);
        }

        @Override
        void dispose() {
            super.dispose();
            device.release();
        }
    }

    private static final class Pushed extends LocalAudio {
        private final PushedAudio track;
        private final AudioPipe feed;
        private @Nullable Capture capture;
        private @Nullable PacedAudio paced;
        private @Nullable PushedAudioSource source;
        private volatile boolean enabled = true;

        Pushed(PushedAudio track, AudioPipe feed) {
            this.track = track;
            this.feed = feed;
        }

        synchronized void start(PushedAudioSource started, Runnable onEnded) {
            PacedAudio blocks = new PacedAudio(this::send, onEnded);
            paced = blocks;
            capture = started.start(blocks, onEnded);
            source = started;
        }

        /** Stops the former source first: two threads that push into one track end the process. */
        @Override
        synchronized void switchTo(AudioSource other, boolean sending, Runnable onEnded) {
            if (!(other instanceof PushedAudioSource pushed)) {
                throw otherKind("audio that is made in Java");
            }
            PushedAudioSource former = source;
            stopSource();
            try {
                start(pushed, onEnded);
            } catch (RuntimeException | Error e) {
                stopSource();
                if (former != null) {
                    start(former, onEnded);
                }
                throw e;
            }
        }

        private void stopSource() {
            if (capture != null) {
                capture.close();
                capture = null;
            }
            if (paced != null) {
                paced.close();
                paced = null;
            }
        }

        /** Sends one block of 10 ms: the native source accepts no other length. */
        private void send(short[] samples, int sampleRate, int channels, int frames) {
            if (enabled) {
                feed.onSamples(samples, sampleRate, channels, frames);
            }
            track.push(samples, sampleRate, channels, frames);
        }

        @Override
        public LocalTrack track() {
            return track;
        }

        @Override
        void setEnabled(boolean on) {
            enabled = on;
            super.setEnabled(on);
        }

        @Override
        boolean hasSamples() {
            return true;
        }

        @Override
        synchronized void stop() {
            stopSource();
            track.stop();
        }
    }
}
