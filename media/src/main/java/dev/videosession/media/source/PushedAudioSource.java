package dev.videosession.media.source;

import dev.videosession.media.feed.AudioSink;

/** A source whose audio is produced in Java. An application can write its own. */
public non-sealed interface PushedAudioSource extends AudioSource {
    /**
     * Starts to send audio to the sink, one block at a time, until the capture is closed.
     *
     * <p>The sink takes blocks of any size, from 8,000 to 192,000 frames a second, with 1 to 8 channels. Audio that is pushed faster
     * than it plays waits to be sent, at most 60 s of it. The sink throws for audio that cannot be sent, on the thread that calls it:
     * {@link IllegalArgumentException} for a format or a length, {@link IllegalStateException} if more than 60 s would wait.
     *
     * @param sink gets the audio
     * @param ended called once, on any thread, when the source stops by itself; not called on {@link Capture#close()}
     * @return the running capture
     */
    Capture start(AudioSink sink, Runnable ended);
}
