package dev.videosession.media.source;

import dev.videosession.media.feed.AudioSink;

/** A source whose sound is made in Java. An application may write its own. */
public non-sealed interface PushedAudioSource extends AudioSource {
    /**
     * Starts to send sound to the sink, in blocks of 10 ms, one at a time, until the capture is closed.
     *
     * @param sink takes the sound; 48000 frames a second, 1 or 2 channels
     * @param ended called once, on any thread, when the source stops by itself; not called on {@link Capture#close()}
     * @return the running capture
     */
    Capture start(AudioSink sink, Runnable ended);
}
