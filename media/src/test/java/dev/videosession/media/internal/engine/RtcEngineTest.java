package dev.videosession.media.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.CustomVideo;
import dev.videosession.media.Devices;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.fixture.LinkPair;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.fixture.LoopbackSignaling;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.feed.AudioPipe;
import dev.videosession.media.internal.feed.VideoPipe;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.link.OutgoingLink;
import dev.videosession.media.source.VideoFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class RtcEngineTest extends LiveMedia {
    @Test
    void closingTheEngineClosesItsLinksAndCaptures() throws Exception {
        LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
        LinkPair pair = new LinkPair(engine, media);
        Stamps.of(pair.receiver.video()).awaitMore(3);

        engine.close();
        engine.close();

        assertThat(pair.sender.state()).isEqualTo(LinkState.CLOSED);
        assertThat(pair.receiver.state()).isEqualTo(LinkState.CLOSED);
        assertThat(pair.receiver.video().snapshot()).isPresent();
        assertThatIllegalStateException().isThrownBy(() -> engine.receive(LinkConfig.DIRECT, new LoopbackSignaling()));
        assertThatIllegalStateException().isThrownBy(() -> engine.capture(null, AudioSources.tone(440)));
        media.close();
        media.setVideoEnabled(false);
        pair.close();
    }

    @Test
    void closingLocalMediaClosesItsLinksOnly() throws Exception {
        try (LocalMedia kept = engine.capture(VideoSources.pattern(VideoFormat.P360), null);
                LinkPair other = new LinkPair(engine, kept)) {
            LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440));
            LinkPair pair = new LinkPair(engine, media);
            Stamps.of(pair.receiver.video()).awaitMore(3);

            media.close();
            pair.sender.closed().get(10, TimeUnit.SECONDS);

            assertThatIllegalStateException()
                    .isThrownBy(() -> engine.send(media, LinkConfig.DIRECT, new LoopbackSignaling()));
            assertThatIllegalStateException()
                    .isThrownBy(() -> media.switchVideo(VideoSources.pattern(VideoFormat.P360)));
            Stamps.of(other.receiver.video()).awaitMore(3);
            pair.close();
        }
    }

    @Test
    void feedContinuesWithTheNextLink() throws Exception {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null)) {
            LinkPair first = new LinkPair(engine, media);
            VideoPipe video = (VideoPipe) first.receiver.video();
            Stamps stamps = Stamps.of(video);
            stamps.awaitMore(3);
            first.close();

            LoopbackSignaling in = new LoopbackSignaling();
            LoopbackSignaling out = new LoopbackSignaling();
            IncomingLink receiver = engine.receive(LinkConfig.DIRECT, in, video, new AudioPipe());
            out.to(() -> receiver);
            OutgoingLink sender = engine.send(media, LinkConfig.DIRECT, out);
            in.to(() -> sender);
            stamps.awaitMore(3);
        }
    }

    @Test
    void endOfASourceIsReported() throws Exception {
        CustomVideo video = VideoSources.custom(VideoFormat.P360);
        CountDownLatch early = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        try (LocalMedia media = engine.capture(video, null)) {
            media.onEnded(early::countDown);
            video.end();
            assertThat(early.await(5, TimeUnit.SECONDS)).isTrue();
            media.onEnded(late::countDown);
            assertThat(late.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void previewShowsWhatIsCapturedWithoutAnyLink() {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), AudioSources.tone(440))) {
            assertThat(media.width()).isEqualTo(640);
            Stamps.of(media.video()).awaitMore(3);
            await("level").atMost(LIMIT).until(() -> media.audio().level() > 0.2);
        }
    }

    @Test
    void nothingToCaptureIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> engine.capture(null, null));
    }

    @Test
    void missingMicrophoneSaysWhatToDo() {
        MediaUnavailableException failure = catchThrowableOfType(
                MediaUnavailableException.class, () -> engine.capture(null, AudioSources.microphone(null)));

        assertThat(failure.missing()).isEqualTo(MediaUnavailableException.Missing.MICROPHONE);
        assertThat(failure).hasMessageContaining("AudioMode.AUTO");
    }

    @Test
    void missingCameraSaysWhatToDoAndLeavesNothingOpen() {
        Assumptions.assumeTrue(Devices.cameras().isEmpty(), "a camera is attached");

        MediaUnavailableException failure = catchThrowableOfType(
                MediaUnavailableException.class,
                () -> engine.capture(VideoSources.camera(null, VideoFormat.P720), AudioSources.tone(440)));

        assertThat(failure.missing()).isEqualTo(MediaUnavailableException.Missing.CAMERA);
        assertThat(failure).hasMessageContaining("No camera is attached");
    }

    @Test
    void missingScreenSaysWhatToDo() {
        Assumptions.assumeTrue(java.awt.GraphicsEnvironment.isHeadless(), "there is a display");

        MediaUnavailableException failure =
                catchThrowableOfType(MediaUnavailableException.class, () -> VideoSources.screen(null, 10));

        assertThat(failure.missing()).isEqualTo(MediaUnavailableException.Missing.SCREEN);
        assertThat(failure).hasMessageContaining("DISPLAY");
    }

    @Test
    void devicesAreListedWithOrWithoutAnAudioSystem() {
        assertThat(Devices.microphones()).doesNotContainNull();
        assertThat(Devices.speakers()).doesNotContainNull();
        assertThat(Devices.cameras()).doesNotContainNull();
    }

    @Test
    void autoFallsBackToHeadlessWhereNothingPlays() {
        Assumptions.assumeTrue(Devices.speakers().isEmpty(), "there are speakers");
        try (MediaEngine other = MediaEngine.create()) {
            assertThat(other.audioMode()).isEqualTo(MediaEngine.AudioMode.HEADLESS);
        }
    }
}
