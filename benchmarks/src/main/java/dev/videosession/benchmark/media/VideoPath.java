package dev.videosession.benchmark.media;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.VideoSource;

/** Video on its way from a source to a sink, until it is closed. */
public interface VideoPath extends AutoCloseable {
    /** Starts to send. */
    @FunctionalInterface
    interface Opener {
        /**
         * Starts to send from a source to a sink in this process.
         *
         * @param source the video that is sent
         * @param sink receives it
         * @return open; the first frame may not have arrived yet
         * @throws Exception if the two ends do not connect
         */
        VideoPath open(VideoSource source, VideoSink sink) throws Exception;
    }

    @Override
    void close();
}
