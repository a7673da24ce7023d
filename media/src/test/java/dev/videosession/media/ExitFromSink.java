package dev.videosession.media;

import dev.videosession.media.source.AudioSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSources;
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
        MediaEngine engine = MediaEngine.create(MediaEngine.AudioMode.HEADLESS);
        LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
        Pair pair = new Pair(engine, media);
        if (arguments[0].equals("audio")) {
            pair.receiver.audio().addSink((samples, rate, channels, frames) -> exit(main));
        } else {
            pair.receiver.video().addSink(frame -> exit(main));
        }
        new CountDownLatch(1).await();
    }
}
