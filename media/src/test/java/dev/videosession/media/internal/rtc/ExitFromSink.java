package dev.videosession.media.internal.rtc;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.CountDownLatch;

/** A program that ends inside a sink of received audio or video, named by its argument. */
final class ExitFromSink {
    static final int CODE = 42;

    private ExitFromSink() {}

    private static void exit(Thread main) {
        if (Thread.currentThread() != main) { // a new sink gets the last frame at once
            System.out.println("EXITING");
            System.exit(CODE);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Thread main = Thread.currentThread();
        RtcEngine engine = new RtcEngine(new RtcFactories(true), TimeSource.system());
        LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
        LinkPair pair = new LinkPair(engine, media);
        if (arguments[0].equals("audio")) {
            pair.receiver.audio().addSink((samples, rate, channels, frames) -> exit(main));
        } else {
            pair.receiver.video().addSink(frame -> exit(main));
        }
        new CountDownLatch(1).await();
    }
}
