package dev.videosession.media.source;

import dev.videosession.media.feed.AudioSink;

/** A source whose audio is made in Java. An application may write its own. */
public non-sealed interface PushedAudioSource extends AudioSource {
    /**
     * Starts to send audio to the sink, one block at a time, until the capture is closed.
     *
     * <p>The sink takes blocks of any size, from 8,000 to 192,000 frames a second, with 1 to 8 channels. Audio that comes
     * faster than it plays waits to be sent, at most 60 s of it. For what cannot be sent the sink throws, on the thread that
     * calls it: {@link IllegalArgumentException} for a format or a length, {@link IllegalStateException} for a block that
     * does not fit into what may wait.
     *
     * @param sink takes the audio
     * @param ended called once, on any thread, when the source stops by itself; not called on {@link Capture#close()}
     * @return the running capture
     */
    Capture start(AudioSink sink, Runnable ended);
}
