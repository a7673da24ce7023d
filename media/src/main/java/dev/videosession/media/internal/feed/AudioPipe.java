package dev.videosession.media.internal.feed;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audio feed and its writing end, {@link #onSamples}. One thread at a time may write.
 */
public final class AudioPipe implements AudioFeed, AudioSink {
    private static final Logger LOG = LoggerFactory.getLogger(AudioPipe.class);
    private static final double FALL_PER_SECOND = 4.0;
    private static final long SILENT_AFTER_NANOS = 500_000_000L;

    private final CopyOnWriteArrayList<AudioSink> sinks = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<IntConsumer> volumeListeners = new CopyOnWriteArrayList<>();
    private volatile double level;
    private final TimeSource time;
    private volatile long lastBlockNanos;
    private volatile int volume = 100;
    private volatile @Nullable AudioFeed followed;

    /** Creates a feed without audio, with the clocks of this machine. */
    public AudioPipe() {
        this(TimeSource.system());
    }

    /**
     * Creates a feed without audio.
     *
     * @param time the clocks
     */
    public AudioPipe(TimeSource time) {
        this.time = time;
        lastBlockNanos = time.nanos();
    }

    @Override
    public void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        int peak = 0;
        for (int i = 0; i < frames * channels; i++) {
            peak = Math.max(peak, Math.abs((int) samples[i]));
        }
        double fallen = level - FALL_PER_SECOND * frames / sampleRate;
        level = Math.max(peak / 32768.0, fallen);
        lastBlockNanos = time.nanos();
        for (AudioSink sink : sinks) {
            try {
                sink.onSamples(samples, sampleRate, channels, frames);
            } catch (RuntimeException | Error e) { // an Error would reach a native thread and end the process
                LOG.warn("event=audioSinkFailed", e);
            }
        }
    }

    @Override
    public void addSink(AudioSink sink) {
        sinks.addIfAbsent(sink);
    }

    @Override
    public void removeSink(AudioSink sink) {
        sinks.remove(sink);
    }

    @Override
    public double level() {
        AudioFeed source = followed;
        double own = time.nanos() - lastBlockNanos > SILENT_AFTER_NANOS ? 0 : Math.max(0, level);
        return source == null ? own : Math.max(own, source.level());
    }

    /**
     * Takes a level that was measured elsewhere, for audio whose samples are not delivered here. It falls off like the level of
     * samples, and becomes 0 after half a second without a call.
     *
     * @param measured 0 to 1
     */
    public void onLevel(double measured) {
        long now = time.nanos();
        double fallen = level - FALL_PER_SECOND * (now - lastBlockNanos) / 1e9;
        level = Math.max(measured, fallen);
        lastBlockNanos = now;
    }

    /**
     * Delivers the audio of another feed: its samples, and its level if it has no samples.
     *
     * @param source the other feed; replaces an earlier one
     */
    public void follow(AudioFeed source) {
        AudioFeed former = followed;
        followed = source;
        if (former != null) {
            former.removeSink(this);
        }
        source.addSink(this);
    }

    @Override
    public void setVolume(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException("A volume is 0 to 100, not " + percent + ".");
        }
        volume = percent;
        for (IntConsumer listener : volumeListeners) {
            listener.accept(percent);
        }
    }

    @Override
    public int volume() {
        return volume;
    }

    /**
     * Adds a listener for the volume.
     *
     * @param listener gets every later volume, on the thread that sets it
     */
    public void addVolumeListener(IntConsumer listener) {
        volumeListeners.addIfAbsent(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener gets no more volumes; an unknown one is ignored
     */
    public void removeVolumeListener(IntConsumer listener) {
        volumeListeners.remove(listener);
    }
}
