package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.FrameProcessor;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;

/** The video of another source, changed by a processor. */
public final class ProcessedVideo implements VideoSource {
    private final VideoSource source;
    private final FrameProcessor processor;

    /**
     * Describes it.
     *
     * @param source where the frames come from
     * @param processor changes them
     */
    public ProcessedVideo(VideoSource source, FrameProcessor processor) {
        this.source = source;
        this.processor = processor;
    }

    @Override
    public Kind kind() {
        return source.kind();
    }

    @Override
    public VideoFormat format() {
        return source.format();
    }

    @Override
    public Capture start(VideoSink sink, Runnable ended) {
        FrameWorker worker = FrameWorker.start(processor, sink);
        Capture capture;
        try {
            capture = source.start(worker, ended);
        } catch (RuntimeException | Error e) {
            worker.close();
            throw e;
        }
        return () -> {
            capture.close();
            worker.close();
        };
    }
}
