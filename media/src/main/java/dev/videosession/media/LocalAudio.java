package dev.videosession.media;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSource;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.device.MediaUnavailableException.Missing;
import dev.videosession.media.feed.AudioPipe;
import dev.videosession.media.rtc.NativeRefs;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.Microphone;
import dev.videosession.media.source.PushedAudioSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sound half of local media: a native track and what fills it. */
abstract class LocalAudio {
    private static final Logger LOG = LoggerFactory.getLogger(LocalAudio.class);

    final AudioTrack track;

    /**
     * Held while a link takes up or drops the track: the native source of pushed sound has no lock of its own, and
     * changing its list of listeners while a block is pushed ends the process.
     */
    final ReentrantLock gate = new ReentrantLock();

    private LocalAudio(AudioTrack track) {
        this.track = track;
    }

    /** The factory whose links can send this. */
    abstract PeerConnectionFactory factory();

    abstract void setEnabled(boolean enabled);

    /** Whether the sound never comes to Java, so that its level must be measured elsewhere. */
    abstract boolean isOutOfSight();

    abstract void stop();

    /** After the last link that sent the track is gone. */
    abstract void dispose();

    static void dispose(AudioTrack track) {
        try {
            track.dispose();
        } catch (RuntimeException | Error e) { // webrtc-java throws an Error when references are left
            LOG.debug("An audio track was not freed completely", e);
        }
    }

    static LocalAudio push(Factories factories, PushedAudioSource source, AudioPipe feed, Runnable ended) {
        PeerConnectionFactory factory = factories.pushing();
        CustomAudioSource target = new CustomAudioSource();
        Pushed made;
        try {
            made = new Pushed(factory, factory.createAudioTrack("audio", target), target, feed);
        } catch (RuntimeException | Error e) {
            target.dispose();
            throw e;
        }
        try {
            made.start(source, ended);
            return made;
        } catch (RuntimeException | Error e) {
            made.dispose();
            throw e;
        }
    }

    /** The microphone; what it takes up is freed again when it does not start. */
    static LocalAudio record(Factories factories, Microphone microphone, Runnable ended) {
        RecordingDevice device = factories.recording();
        if (device == null) {
            throw new MediaUnavailableException(
                    Missing.MICROPHONE,
                    "There is no sound system to record from. Start one (PulseAudio or PipeWire on Linux) and create the engine"
                            + " with AudioMode.AUTO, or publish a tone or a custom source instead.");
        }
        try {
            device.acquire(microphone);
        } catch (MediaUnavailableException e) {
            throw e;
        } catch (Exception | Error e) { // the native side throws both without declaring them
            throw new MediaUnavailableException(
                    Missing.MICROPHONE, "The microphone cannot be chosen (" + e.getMessage() + ").", e);
        }
        try {
            AudioOptions options = new AudioOptions();
            options.echoCancellation = true;
            options.autoGainControl = true;
            options.noiseSuppression = true;
            options.highpassFilter = true;
            PeerConnectionFactory factory = factories.playing();
            AudioTrackSource source = factory.createAudioSource(options);
            long handle = NativeRefs.handle(source);
            try {
                AudioTrack track = factory.createAudioTrack("audio", source);
                return new Recorded(factory, track, handle, device, microphone.watch(ended));
            } catch (RuntimeException | Error e) {
                NativeRefs.release(handle);
                throw e;
            }
        } catch (RuntimeException | Error e) {
            device.release();
            throw e;
        }
    }

    private static final class Recorded extends LocalAudio {
        private final PeerConnectionFactory factory;
        private final long source;
        private final RecordingDevice device;
        private final Capture watch;

        Recorded(PeerConnectionFactory factory, AudioTrack track, long source, RecordingDevice device, Capture watch) {
            super(track);
            this.factory = factory;
            this.source = source;
            this.device = device;
            this.watch = watch;
        }

        @Override
        PeerConnectionFactory factory() {
            return factory;
        }

        @Override
        void setEnabled(boolean enabled) {
            track.setEnabled(enabled);
        }

        @Override
        boolean isOutOfSight() {
            return true;
        }

        @Override
        void stop() {
            watch.close();
            track.setEnabled(false);
        }

        @Override
        void dispose() {
            dispose(track);
            NativeRefs.release(source);
            device.release();
        }
    }

    private static final class Pushed extends LocalAudio {
        private final PeerConnectionFactory factory;
        private final CustomAudioSource target;
        private final AudioPipe feed;
        private @Nullable Capture capture;
        private byte[] bytes = new byte[0];
        private ByteBuffer view = ByteBuffer.wrap(bytes);
        private volatile boolean enabled = true;
        private @Nullable CustomAudioSource open;

        Pushed(PeerConnectionFactory factory, AudioTrack track, CustomAudioSource target, AudioPipe feed) {
            super(track);
            this.factory = factory;
            this.target = target;
            this.feed = feed;
            open = target;
        }

        void start(PushedAudioSource source, Runnable ended) {
            capture = source.start(this::push, ended);
        }

        private void push(short[] samples, int sampleRate, int channels, int frames) {
            if (enabled) {
                feed.onSamples(samples, sampleRate, channels, frames);
            }
            int count = channels * frames;
            gate.lock();
            try {
                if (open == null) {
                    return;
                }
                if (bytes.length != count * Short.BYTES) {
                    bytes = new byte[count * Short.BYTES];
                    view = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
                }
                view.asShortBuffer().put(samples, 0, count);
                open.pushAudio(bytes, Short.SIZE, sampleRate, channels, frames);
            } finally {
                gate.unlock();
            }
        }

        @Override
        PeerConnectionFactory factory() {
            return factory;
        }

        @Override
        void setEnabled(boolean enabled) {
            this.enabled = enabled;
            track.setEnabled(enabled);
        }

        @Override
        boolean isOutOfSight() {
            return false;
        }

        @Override
        void stop() {
            if (capture != null) {
                capture.close();
            }
            gate.lock();
            try {
                open = null;
            } finally {
                gate.unlock();
            }
        }

        @Override
        void dispose() {
            dispose(track);
            target.dispose();
        }
    }
}
