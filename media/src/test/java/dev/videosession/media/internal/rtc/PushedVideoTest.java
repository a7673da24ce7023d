package dev.videosession.media.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.fixture.RotatedFrame;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.source.VideoFormat;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Video of an application, as a receiver sees it over a real link. */
class PushedVideoTest extends LiveMedia {
    private static final class LastFrame implements VideoSink {
        volatile String seen = "";

        @Override
        public void onFrame(VideoFrame frame) {
            seen = frame.width() + "x" + frame.height() + " turned " + frame.rotation();
        }
    }

    private void assertArrives(VideoFormat format, int rotation, String expected) throws Exception {
        CustomVideo source = VideoSources.custom(format);
        ScheduledExecutorService application = Executors.newSingleThreadScheduledExecutor();
        try (LocalMedia media = engine.capture(source, null);
                LinkPair pair = new LinkPair(engine, media)) {
            LastFrame preview = new LastFrame();
            LastFrame received = new LastFrame();
            media.video().addSink(preview);
            pair.receiver.video().addSink(received);
            var pushing = application.scheduleWithFixedDelay(
                    () -> {
                        VideoFrame frame = source.newFrame(format.width(), format.height());
                        source.push(new RotatedFrame(frame, rotation));
                        frame.release();
                    },
                    0,
                    66,
                    TimeUnit.MILLISECONDS);

            await("a frame")
                    .atMost(LIMIT)
                    .untilAsserted(() -> assertThat(received.seen).isEqualTo(expected));
            assertThat(preview.seen).isEqualTo(expected);
            assertThat(pushing.isDone()).isFalse();
        } finally {
            application.shutdownNow();
            assertThat(application.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "90, 90", "-90, 270", "450, 90", "-360, 0", "2147483610, 90"})
    void rotationArrivesNormalised(int pushed, int arrived) throws Exception {
        assertArrives(new VideoFormat(320, 180, 15), pushed, "320x180 turned " + arrived);
    }

    @ParameterizedTest
    @CsvSource({"16383, 16", "16, 16383", "641, 359", "1, 1", "2, 3"})
    void everySizeThatIsAcceptedArrives(int width, int height) throws Exception {
        assertArrives(new VideoFormat(width, height, 15), 0, width + "x" + height + " turned 0");
    }
}
