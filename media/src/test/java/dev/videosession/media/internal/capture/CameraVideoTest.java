package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.device.MediaDevice;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.internal.rtc.device.CameraDriver;
import dev.videosession.media.internal.rtc.frame.NativeFrame;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.VideoFormat;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CameraVideoTest {
    private static final MediaDevice FRONT = new MediaDevice(MediaDevice.Kind.CAMERA, "usb-1", "Front");

    /** Cameras of which a test says what they do. */
    private static final class FakeCameras implements CameraDriver {
        volatile List<MediaDevice> attached = List.of(FRONT);
        volatile @Nullable Error failure;
        volatile @Nullable VideoSink sink;
        final AtomicInteger open = new AtomicInteger();

        @Override
        public List<MediaDevice> attached() {
            return attached;
        }

        @Override
        public Capture start(MediaDevice camera, VideoFormat wanted, VideoSink taker) {
            Error thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
            sink = taker;
            open.incrementAndGet();
            return open::decrementAndGet;
        }
    }

    private final FakeCameras cameras = new FakeCameras();
    private final AtomicInteger ended = new AtomicInteger();

    private Capture start(@Nullable MediaDevice device) {
        return new CameraVideo(device, VideoFormat.P360, cameras).start(frame -> {}, ended::incrementAndGet);
    }

    @Test
    void errorOfTheNativeSideSaysThatTheCameraDoesNotStart() {
        cameras.failure = new Error("Start capture failed");

        MediaUnavailableException failure = catchThrowableOfType(
                MediaUnavailableException.class, () -> start(FRONT).close());

        assertThat(failure.missing()).isEqualTo(MediaUnavailableException.Missing.CAMERA);
        assertThat(failure).hasMessageContaining("Front").hasMessageContaining("Start capture failed");
    }

    @Test
    void libraryThatCannotListCamerasIsReportedLikeAMissingCamera() {
        CameraDriver broken = new CameraDriver() {
            @Override
            public List<MediaDevice> attached() {
                throw new UnsatisfiedLinkError("no natives");
            }

            @Override
            public Capture start(MediaDevice camera, VideoFormat wanted, VideoSink sink) {
                throw new AssertionError("nothing to start");
            }
        };

        MediaUnavailableException failure = catchThrowableOfType(
                MediaUnavailableException.class,
                () -> new CameraVideo(null, VideoFormat.P360, broken).start(frame -> {}, () -> {}));

        assertThat(failure).hasMessageContaining("no natives");
    }

    @Test
    void unpluggedCameraEndsOnceAndIsClosedByItsOwner() {
        try (Capture capture = start(null)) {
            cameras.attached = List.of();
            await("the end").atMost(Duration.ofSeconds(20)).until(() -> ended.get() == 1);
            assertThat(cameras.open).hasValue(1);
            assertThat(capture).isNotNull();
        }
        assertThat(cameras.open).hasValue(0);
        assertThat(ended).hasValue(1);
    }

    @Test
    void cameraThatDeliversFramesIsNotUnpluggedWhateverTheListSays() {
        int[] frames = new int[1];
        int[] looks = new int[1];
        DeviceWatch watch = new DeviceWatch("It", List::of, device -> true, () -> frames[0]-- <= 0, () -> looks[0]++);

        frames[0] = 3;
        for (int look = 0; look < 4; look++) {
            watch.check();
        }
        assertThat(looks[0]).isZero();
        watch.check();
        watch.check();
        assertThat(looks[0]).isEqualTo(1);
    }

    @Test
    void deviceThatIsMissingOnceOrCannotBeListedIsNotUnplugged() {
        List<Object> answers = new java.util.ArrayList<>(
                List.of(List.of(), List.of(FRONT), List.of(), new Error("busy"), List.of(), List.of(FRONT)));
        DeviceWatch watch = new DeviceWatch(
                "It",
                () -> {
                    Object answer = answers.remove(0);
                    if (answer instanceof Error error) {
                        throw error;
                    }
                    return ((List<?>) answer)
                            .stream().map(MediaDevice.class::cast).toList();
                },
                FRONT::equals,
                () -> true,
                ended::incrementAndGet);

        while (!answers.isEmpty()) {
            watch.check();
        }

        assertThat(ended).hasValue(0);
    }

    @Test
    void framesOfTheCameraReachTheSink() {
        AtomicInteger seen = new AtomicInteger();
        try (Capture capture = new CameraVideo(FRONT, VideoFormat.P360, cameras)
                .start(frame -> seen.incrementAndGet(), ended::incrementAndGet)) {
            NativeFrame frame = NativeFrame.black(64, 48, 0);
            VideoSink sink = cameras.sink;
            assertThat(sink).isNotNull();
            sink.onFrame(frame);
            frame.release();
            assertThat(capture).isNotNull();
        }
        assertThat(seen).hasValue(1);
    }
}
