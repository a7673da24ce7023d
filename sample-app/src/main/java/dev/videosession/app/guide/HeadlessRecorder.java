package dev.videosession.app.guide;

import dev.videosession.media.feed.AudioSink;
import dev.videosession.session.Subscriber;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Records one stream without a display: snapshots as PNG files, and the audio as one WAV file. */
public final class HeadlessRecorder implements AutoCloseable {
    private static final int SAMPLE_BITS = 16;

    private final Subscriber subscriber;
    private final Path directory;
    private final Path raw;
    private final AudioSink sink = this::append;
    private final DataOutputStream audio;
    private AudioFormat format = new AudioFormat(48_000, SAMPLE_BITS, 1, true, true);
    private long recorded;
    private int snapshots;

    /**
     * Starts to record the audio.
     *
     * @param subscriber of the stream
     * @param directory for the files
     * @throws IOException if it cannot be written to
     */
    public HeadlessRecorder(Subscriber subscriber, Path directory) throws IOException {
        this.subscriber = subscriber;
        this.directory = directory;
        raw = directory.resolve("audio.raw");
        audio = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(raw)));
        subscriber.audio().addSink(sink);
    }

    private synchronized void append(short[] samples, int sampleRate, int channels, int frames) {
        try { // on an audio thread: the stream is buffered, so that most calls only copy
            format = new AudioFormat(sampleRate, SAMPLE_BITS, channels, true, true);
            for (int i = 0; i < frames * channels; i++) {
                audio.writeShort(samples[i]);
            }
            recorded += frames;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // logged by the library
        }
    }

    /**
     * Writes the frame that is shown now.
     *
     * @return the file, or empty before the first frame
     * @throws IOException if it cannot be written
     */
    public Optional<Path> snapshot() throws IOException {
        Optional<BufferedImage> image = subscriber.snapshot();
        if (image.isEmpty()) {
            return Optional.empty();
        }
        File file = directory.resolve("frame-" + snapshots++ + ".png").toFile();
        ImageIO.write(image.get(), "png", file);
        return Optional.of(file.toPath());
    }

    /** Ends the recording and writes {@code audio.wav}. */
    @Override
    public void close() throws IOException {
        subscriber.audio().removeSink(sink);
        synchronized (this) {
            audio.close();
        }
        try (InputStream samples = Files.newInputStream(raw);
                OutputStream wave = Files.newOutputStream(directory.resolve("audio.wav"))) {
            AudioSystem.write(new AudioInputStream(samples, format, recorded), AudioFileFormat.Type.WAVE, wave);
        }
        Files.delete(raw);
    }
}
