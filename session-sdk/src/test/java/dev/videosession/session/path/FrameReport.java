package dev.videosession.session.path;

import dev.videosession.session.Subscriber;
import dev.videosession.session.SubscriberListener;
import dev.videosession.session.VideoChangeReason;
import java.util.concurrent.atomic.AtomicLong;

/** Prints a line for each frame and each event of a subscriber, with the time in milliseconds. */
final class FrameReport {
    private FrameReport() {}

    static void print(Subscriber subscriber, String name) {
        AtomicLong lastAudio = new AtomicLong();
        subscriber.video().addSink(frame -> line(name, "frame " + frame.width()));
        subscriber.audio().addSink((samples, rate, channels, frames) -> {
            long now = System.currentTimeMillis();
            boolean heard = false;
            for (int i = 0; i < frames && !heard; i++) {
                heard = Math.abs(samples[i]) > 1_000;
            }
            long last = lastAudio.get();
            if (heard && now - last >= 200 && lastAudio.compareAndSet(last, now)) {
                line(name, "audio 0");
            }
        });
        subscriber.addListener(new SubscriberListener() {
            @Override
            public void onVideoDisableWarning() {
                line(name, "warning 0");
            }

            @Override
            public void onVideoDisableWarningLifted() {
                line(name, "lifted 0");
            }

            @Override
            public void onVideoDisabled(VideoChangeReason reason) {
                line(name, "disabled 0");
            }

            @Override
            public void onVideoEnabled(VideoChangeReason reason) {
                line(name, "enabled 0");
            }
        });
    }

    private static void line(String name, String text) {
        System.out.println("at " + System.currentTimeMillis() + " " + name + " " + text);
    }
}
