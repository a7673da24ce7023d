package dev.videosession.media.internal.feed;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the media of one connection at a time to the feeds of a link. Connections deliver on native threads, every other call is
 * made on the media loop.
 */
public final class ReceivedMedia {
    private final VideoPipe video;
    private final AudioPipe audio;
    private final TimeSource time = TimeSource.system();
    private volatile boolean videoActive = true;
    private volatile boolean audioActive = true;
    private volatile @Nullable Source delivered;

    /**
     * Creates it without a source.
     *
     * @param video gets the video
     * @param audio gets the audio
     */
    public ReceivedMedia(VideoPipe video, AudioPipe audio) {
        this.video = video;
        this.audio = audio;
    }

    /** What one connection receives. Dropped unless this source is the one that is {@linkplain #deliver delivered}. */
    public final class Source implements VideoSink, AudioSink {
        private final Runnable onUndeliveredFrame;
        private final AtomicLong frames = new AtomicLong();
        private volatile long lastFrameNanos = time.nanos();

        private Source(Runnable onUndeliveredFrame) {
            this.onUndeliveredFrame = onUndeliveredFrame;
        }

        @Override
        public void onFrame(VideoFrame frame) {
            frames.incrementAndGet();
            lastFrameNanos = time.nanos();
            if (delivered != this) {
                onUndeliveredFrame.run();
            } else if (videoActive) {
                video.onFrame(frame);
            }
        }

        @Override
        public void onSamples(short[] samples, int sampleRate, int channels, int frames) {
            if (delivered == this && audioActive) {
                audio.onSamples(samples, sampleRate, channels, frames);
            }
        }

        /** {@return the number of frames that arrived} */
        public long frames() {
            return frames.get();
        }
    }

    /**
     * Creates the source of a new connection.
     *
     * @param onUndeliveredFrame called on a native thread for each frame that is dropped because another source is delivered
     * @return delivers nothing yet
     */
    public Source source(Runnable onUndeliveredFrame) {
        return new Source(onUndeliveredFrame);
    }

    /**
     * Delivers a source from now on. The one before must have stopped: a feed takes one frame at a time.
     *
     * @param source of a connection
     */
    public void deliver(Source source) {
        delivered = source;
    }

    /** {@return the source that is delivered, or null before the first one} */
    public @Nullable Source delivered() {
        return delivered;
    }

    /**
     * Tells whether there is no video at the moment.
     *
     * @param millis how long a gap may be
     * @return whether the delivered source has received no frame for longer
     */
    public boolean isFrameless(long millis) {
        Source source = delivered;
        return source == null || time.nanos() - source.lastFrameNanos > TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /**
     * Delivers video, or drops it.
     *
     * @param active true at first
     */
    public void setVideoActive(boolean active) {
        videoActive = active;
    }

    /**
     * Delivers audio, or drops it.
     *
     * @param active true at first
     */
    public void setAudioActive(boolean active) {
        audioActive = active;
    }

    /** {@return whether audio is to be played} */
    public boolean isPlaying() {
        return audioActive && audio.volume() > 0;
    }
}
