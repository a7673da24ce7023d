package dev.videosession.media.internal.feed;

import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.feed.AudioSink;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An audio feed with its writing end: whoever has samples hands them to {@link #onSamples}. One thread at a time may write.
 */
public final class AudioPipe implements AudioFeed, AudioSink {
    private static final Logger LOG = LoggerFactory.getLogger(AudioPipe.class);
    private static final double FALL_PER_SECOND = 4.0;
    private static final long SILENT_AFTER_NANOS = 500_000_000L;

    private final CopyOnWriteArrayList<AudioSink> sinks = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<IntConsumer> volumeListeners = new CopyOnWriteArrayList<>();
    private volatile double level;
    private volatile long lastBlockNanos = System.nanoTime();
    private volatile int volume = 100;
    private volatile @Nullable AudioFeed followed;

    /** A feed nobody writes to yet. */
    public AudioPipe() {}

    @Override
    public void onSamples(short[] samples, int sampleRate, int channels, int frames) {
        int peak = 0;
        for (int i = 0; i < frames * channels; i++) {
            peak = Math.max(peak, Math.abs((int) samples[i]));
        }
        double fallen = level - FALL_PER_SECOND * frames / sampleRate;
        level = Math.max(peak / 32768.0, fallen);
        lastBlockNanos = System.nanoTime();
        for (AudioSink sink : sinks) {
            try {
                sink.onSamples(samples, sampleRate, channels, frames);
            } catch (RuntimeException | Error e) { // an Error would reach a native thread and end the process
                LOG.warn("An audio sink failed", e);
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
        double own = System.nanoTime() - lastBlockNanos > SILENT_AFTER_NANOS ? 0 : Math.max(0, level);
        return source == null ? own : Math.max(own, source.level());
    }

    /**
     * Takes a level that was measured elsewhere, for sound whose samples do not come here. It falls off like that of samples
     * and is silence when nothing comes for half a second.
     *
     * @param measured 0 to 1
     */
    public void onLevel(double measured) {
        long now = System.nanoTime();
        double fallen = level - FALL_PER_SECOND * (now - lastBlockNanos) / 1e9;
        level = Math.max(measured, fallen);
        lastBlockNanos = now;
    }

    /**
     * Passes on what another feed has: its samples, and its level where it has no samples.
     *
     * @param source the other feed; takes the place of an earlier one
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
            throw new IllegalArgumentException("A volume is 0 to 100, not " + percent);
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
     * Tells a player about the volume.
     *
     * @param listener gets every later volume, on the thread that set it
     */
    public void addVolumeListener(IntConsumer listener) {
        volumeListeners.addIfAbsent(listener);
    }

    /**
     * Forgets a player.
     *
     * @param listener gets no more volumes; unknown ones are ignored
     */
    public void removeVolumeListener(IntConsumer listener) {
        volumeListeners.remove(listener);
    }
}
