package dev.videosession.media.internal.capture;

import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.FrameProcessor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that processes the newest frame and passes it on. */
final class FrameWorker implements VideoSink, Capture {
    private static final Logger LOG = LoggerFactory.getLogger(FrameWorker.class);
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final FrameProcessor processor;
    private final VideoSink sink;
    private final Thread thread = new Thread(this::run, "media-frame-processor");
    /** Held to deliver a frame, so that nothing is delivered after close has returned, even while the processor is in a call. */
    private final Object delivery = new Object();

    private final Object lock = new Object();
    private @Nullable VideoFrame next;
    private boolean closed;
    private boolean failing;

    private FrameWorker(FrameProcessor processor, VideoSink sink) {
        this.processor = processor;
        this.sink = sink;
        thread.setDaemon(true);
    }

    static FrameWorker start(FrameProcessor processor, VideoSink sink) {
        FrameWorker worker = new FrameWorker(processor, sink);
        worker.thread.start();
        return worker;
    }

    @Override
    public void onFrame(VideoFrame frame) {
        VideoFrame replaced;
        synchronized (lock) {
            if (closed) {
                return;
            }
            frame.retain();
            replaced = next;
            next = frame;
            lock.notifyAll();
        }
        if (replaced != null) {
            replaced.release();
        }
    }

    private void run() {
        for (VideoFrame frame = take(); frame != null; frame = take()) {
            try {
                if (process(frame)) {
                    deliver(frame);
                }
            } finally {
                frame.release();
            }
        }
    }

    private @Nullable VideoFrame take() {
        synchronized (lock) {
            while (next == null && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) { // a processor's call left it behind
                    LOG.trace("event=interrupted", e);
                }
            }
            VideoFrame taken = closed ? null : next;
            if (!closed) {
                next = null;
            }
            return taken;
        }
    }

    private boolean process(VideoFrame frame) {
        try {
            processor.process(frame);
            failing = false;
            return true;
        } catch (Exception | Error e) { // whatever the application throws
            if (!failing) {
                failing = true;
                LOG.warn(
                        "event=frameNotProcessed hint=\"the frame is not sent; further failures in a row are not logged\"",
                        e);
            }
            return false;
        }
    }

    private void deliver(VideoFrame frame) {
        synchronized (delivery) {
            synchronized (lock) {
                if (closed) {
                    return;
                }
            }
            try {
                sink.onFrame(frame);
            } catch (RuntimeException | Error e) {
                LOG.warn("event=frameNotTaken", e);
            }
        }
    }

    /** Ends the thread. A processor that does not return is left alone: nothing that it processes is delivered. */
    @Override
    public void close() {
        VideoFrame waiting;
        synchronized (lock) {
            closed = true;
            waiting = next;
            next = null;
            lock.notifyAll();
        }
        if (waiting != null) {
            waiting.release();
        }
        if (Thread.currentThread() == thread) {
            return;
        }
        synchronized (delivery) {
            LOG.trace("event=frameWorkerClosed");
        }
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
