package dev.videosession.app.guide;

import dev.videosession.media.AudioSources;
import dev.videosession.media.CustomAudio;
import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.AudioFeed;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.session.Publisher;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Publishes video and audio that the program generates. */
public final class GeneratedMedia implements AutoCloseable {
    private final CustomVideo video = VideoSources.custom(new VideoFormat(640, 360, 10));
    private final CustomAudio audio = AudioSources.custom();
    private final Publisher publisher =
            Publisher.builder().video(video).audio(audio).name("Generated").build();

    /** {@return the publisher, for {@code Session.publish}} */
    public Publisher publisher() {
        return publisher;
    }

    /**
     * Sends an image as one frame. Call it at the frame rate of the video, also while the image does not change: a subscriber
     * that arrives later sees nothing before the next frame.
     *
     * @param image the image
     */
    public void show(BufferedImage image) {
        video.pushImage(image);
    }

    /**
     * Sends speech. A block of any length is sent at the rate at which it plays.
     *
     * @param samples signed 16-bit PCM, one channel, 24,000 samples a second
     */
    public void say(short[] samples) {
        audio.push(samples, 24_000, 1);
    }

    /**
     * Records a feed as little-endian 16-bit PCM.
     *
     * @param feed what to record, for instance {@code subscriber.audio()}
     * @param blocks receives each block, on an audio thread
     */
    public static void record(AudioFeed feed, Consumer<byte[]> blocks) {
        feed.addSink((samples, sampleRate, channels, frames) -> {
            int length = frames * channels;
            ByteBuffer block = ByteBuffer.allocate(2 * length).order(ByteOrder.LITTLE_ENDIAN);
            block.asShortBuffer().put(samples, 0, length); // the array is reused
            blocks.accept(block.array());
        });
    }

    @Override
    public void close() {
        publisher.close();
    }
}
