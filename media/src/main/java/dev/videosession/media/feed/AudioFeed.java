package dev.videosession.media.feed;

/**
 * The reading end of a stream of sound. A feed outlives the link or source that fills it. All methods may be called from
 * any thread.
 */
public interface AudioFeed {
    /**
     * Adds a sink; it gets every block from now on, before {@linkplain #setVolume volume} is applied. Adding a sink twice has no effect.
     *
     * @param sink who wants sound
     */
    void addSink(AudioSink sink);

    /**
     * Removes a sink. A call to it that is under way on another thread may still finish after this returns.
     *
     * @param sink who wants no more sound; unknown sinks are ignored
     */
    void removeSink(AudioSink sink);

    /**
     * How loud it is now: the peak of the last blocks, falling off over about a quarter of a second.
     *
     * @return 0 (silence or nothing comes) to 1 (full scale)
     */
    double level();

    /**
     * Sets how loud this feed is played on the speakers; other feeds and the sinks of this one do not notice. The native
     * mixer knows only on and off for one feed: 0 silences it, every other value plays it as it came.
     *
     * @param percent 0 to 100
     * @throws IllegalArgumentException outside of 0 to 100
     */
    void setVolume(int percent);

    /**
     * The volume last set.
     *
     * @return 0 to 100; 100 at first
     */
    int volume();
}
