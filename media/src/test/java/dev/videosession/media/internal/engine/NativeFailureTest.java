package dev.videosession.media.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.feed.VideoSink;
import dev.videosession.media.fixture.LiveMedia;
import dev.videosession.media.fixture.LoopbackSignaling;
import dev.videosession.media.internal.capture.LocalMedia;
import dev.videosession.media.internal.link.IncomingLink;
import dev.videosession.media.internal.link.LinkConfig;
import dev.videosession.media.internal.link.LinkState;
import dev.videosession.media.internal.rtc.RtcFactories;
import dev.videosession.media.internal.rtc.RtcFactory;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import dev.videosession.protocol.time.TimeSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** webrtc-java throws {@link Error}s for ordinary failures: they reach the caller as what they are, and nothing stays open. */
class NativeFailureTest extends LiveMedia {
    private final AtomicInteger open = new AtomicInteger();

    /** RtcFactories that cannot be made. */
    private static final class BrokenFactories extends RtcFactories {
        BrokenFactories() {
            super(true);
        }

        @Override
        public synchronized RtcFactory pushedAudio() {
            throw new UnsatisfiedLinkError("pushing");
        }

        @Override
        public synchronized RtcFactory playout() {
            throw new Error("playing");
        }
    }

    private PushedAudioSource counted() {
        PushedAudioSource tone = AudioSources.tone(440);
        return (AudioSink sink, Runnable ended) -> {
            Capture capture = tone.start(sink, ended);
            open.incrementAndGet();
            return () -> {
                capture.close();
                open.decrementAndGet();
            };
        };
    }

    private static VideoSource failing(Error failure) {
        return new VideoSource() {
            @Override
            public Kind kind() {
                return Kind.CAMERA;
            }

            @Override
            public VideoFormat format() {
                return VideoFormat.P360;
            }

            @Override
            public Capture start(VideoSink sink, Runnable ended) {
                throw failure;
            }
        };
    }

    @Test
    void factoryThatCannotBeMadeIsReportedAsMissingMedia() {
        try (RtcEngine broken = new RtcEngine(new BrokenFactories(), TimeSource.system())) {
            assertThatExceptionOfType(MediaUnavailableException.class)
                    .isThrownBy(() -> broken.capture(VideoSources.pattern(VideoFormat.P360), null))
                    .withMessageContaining("pushing")
                    .matches(failure -> failure.missing() == MediaUnavailableException.Missing.NATIVE_LIBRARY);
            assertThatExceptionOfType(MediaUnavailableException.class)
                    .isThrownBy(() -> broken.capture(null, counted()));
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void linkWhoseConnectionCannotBeMadeIsClosed() throws Exception {
        try (RtcEngine broken = new RtcEngine(new BrokenFactories(), TimeSource.system())) {
            LoopbackSignaling wire = new LoopbackSignaling();

            IncomingLink link = broken.receive(LinkConfig.DIRECT, wire);

            link.closed().get(10, TimeUnit.SECONDS);
            assertThat(wire.states).containsExactly(LinkState.CLOSED);
            assertThat(link.stats()).failsWithin(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void audioIsClosedWhenVideoFailsWithAnError() {
        assertThatExceptionOfType(MediaUnavailableException.class)
                .isThrownBy(() -> engine.capture(failing(new Error("no camera stack")), counted()))
                .withMessageContaining("no camera stack");

        assertThat(open).hasValue(0);
    }

    @Test
    void videoContinuesWhenItsReplacementFailsWithAnError() {
        try (LocalMedia media = engine.capture(VideoSources.pattern(VideoFormat.P360), null)) {
            Stamps stamps = Stamps.of(media.video());
            stamps.awaitMore(3);

            assertThatExceptionOfType(MediaUnavailableException.class)
                    .isThrownBy(() -> media.switchVideo(failing(new UnsatisfiedLinkError("missing"))));

            stamps.awaitMore(3);
        }
    }
}
