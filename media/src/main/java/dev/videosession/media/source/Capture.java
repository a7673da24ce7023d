package dev.videosession.media.source;

/** A running source. */
@FunctionalInterface
public interface Capture extends AutoCloseable {
    /** Stops the source and closes its device. No frame or block is delivered after it returns. A second call does nothing. */
    @Override
    void close();
}
