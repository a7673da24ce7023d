package dev.videosession.media.internal.rtc;

import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;

/** An audio track that sends the samples pushed into it. */
public final class PushedAudio extends LocalTrack {
    private final CustomAudioSource source;

    /**
     * Held while samples are pushed, and while a connection may attach or detach the track: the native source has no lock, and a
     * change of its listeners while a block is pushed ends the process.
     */
    private final ReentrantLock gate = new ReentrantLock();

    private boolean open = true;
    private byte[] bytes = new byte[0];
    private ByteBuffer view = ByteBuffer.wrap(bytes);

    PushedAudio(RtcFactory factory, CustomAudioSource source) {
        super(factory, factory.audioTrack(source));
        this.source = source;
    }

    /**
     * Sends a block.
     *
     * @param samples interleaved, 16 bits
     * @param sampleRate samples a second and channel
     * @param channels 1 or 2
     * @param frames samples a channel
     */
    public void push(short[] samples, int sampleRate, int channels, int frames) {
        int count = channels * frames;
        gate.lock();
        try {
            if (!open) {
                return;
            }
            if (bytes.length != count * Short.BYTES) {
                bytes = new byte[count * Short.BYTES];
                view = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
            }
            view.asShortBuffer().put(samples, 0, count);
            source.pushAudio(bytes, Short.SIZE, sampleRate, channels, frames);
        } finally {
            gate.unlock();
        }
    }

    /** Ignores later blocks. The track stays open. */
    public void stop() {
        gate.lock();
        try {
            open = false;
        } finally {
            gate.unlock();
        }
    }

    @Override
    void whileIdle(Runnable work) {
        gate.lock();
        try {
            work.run();
        } finally {
            gate.unlock();
        }
    }

    @Override
    void disposeSource() {
        stop();
        source.dispose();
    }
}
