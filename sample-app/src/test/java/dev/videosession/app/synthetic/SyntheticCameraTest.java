package dev.videosession.app.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.CustomVideo;
import dev.videosession.media.VideoSources;
import dev.videosession.media.feed.VideoFrame;
import dev.videosession.media.probe.FrameStamp;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SyntheticCameraTest {
    private static final VideoFormat FORMAT = new VideoFormat(640, 360, 30);

    @Test
    void framesAreNumberedAndTheNumberSurvivesHalvingTheSize() {
        List<FrameStamp> whole = new CopyOnWriteArrayList<>();
        List<FrameStamp> halved = new CopyOnWriteArrayList<>();
        Capture capture = new SyntheticCamera(FORMAT, 0.3f)
                .start(
                        frame -> {
                            EdgeStamp.read(frame).ifPresent(whole::add);
                            VideoFrame small = halved(frame);
                            EdgeStamp.read(small).ifPresent(halved::add);
                            small.release();
                        },
                        () -> {});
        await("ten frames").atMost(Duration.ofSeconds(10)).until(() -> halved.size() >= 10);
        capture.close();
        assertThat(whole.subList(0, 10))
                .extracting(FrameStamp::number)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(halved.subList(0, 10)).isEqualTo(whole.subList(0, 10));
        assertThat(System.currentTimeMillis() - whole.get(0).epochMillis()).isBetween(0L, 60_000L);
    }

    private static VideoFrame halved(VideoFrame frame) {
        CustomVideo source = VideoSources.custom(FORMAT);
        VideoFrame small = source.newFrame(frame.width() / 2, frame.height() / 2);
        ByteBuffer from = frame.planeY();
        ByteBuffer to = small.planeY();
        for (int y = 0; y < small.height(); y++) {
            for (int x = 0; x < small.width(); x++) {
                int sum = 0;
                for (int corner = 0; corner < 4; corner++) {
                    sum += from.get((2 * y + corner / 2) * frame.strideY() + 2 * x + corner % 2) & 0xFF;
                }
                to.put(y * small.strideY() + x, (byte) (sum / 4));
            }
        }
        return small;
    }
}
