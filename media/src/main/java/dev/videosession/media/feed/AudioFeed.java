package dev.videosession.media.feed;

/**
 * Delivers the audio of a source or a peer to sinks. A feed outlives the link or source that fills it. Any thread may call any method.
 */
public interface AudioFeed {
    /**
     * Adds a sink. It gets every block from now on; {@linkplain #setVolume volume} does not change what it gets. Adding a sink twice
     * has no effect.
     *
     * @param sink gets the audio
     */
    void addSink(AudioSink sink);

    /**
     * Removes a sink. A call to it that is in progress on another thread may finish after this method returns.
     *
     * @param sink gets no more audio; an unknown sink is ignored
     */
    void removeSink(AudioSink sink);

    /** {@return the peak of the last blocks, falling off within about a quarter of a second: 0 is silence or no audio, 1 full scale} */
    double level();

    /**
     * Sets the volume at which this feed is played on the speakers. Other feeds and the sinks of this feed are not affected. The native
     * mixer can only turn one feed off or on: 0 mutes it, every other value plays it unchanged.
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException outside of 0 to 100
     */
    void setVolume(int percent);

    /** {@return the volume last set, 0 to 100; 100 at first} */
    int volume();
}
