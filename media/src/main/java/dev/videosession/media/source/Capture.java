package dev.videosession.media.source;

/** A source that runs. */
@FunctionalInterface
public interface Capture extends AutoCloseable {
    /** Stops the source and frees its device; when this returns no further frame or block comes. A second call does nothing. */
    @Override
    void close();
}
