package dev.videosession.session.internal.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.MediaEngine;
import dev.videosession.media.VideoSources;
import dev.videosession.media.device.MediaUnavailableException;
import dev.videosession.media.feed.AudioSink;
import dev.videosession.media.internal.engine.RtcEngine;
import dev.videosession.media.source.Capture;
import dev.videosession.media.source.PushedAudioSource;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.media.source.VideoSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublisherMediaTest {
    private final RtcEngine engine = RtcEngine.of(MediaEngine.create(MediaEngine.AudioMode.HEADLESS));
    private final AtomicInteger leases = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    private final class Counted implements SharedMediaEngine.Lease {
        Counted() {
            leases.incrementAndGet();
        }

        @Override
        public RtcEngine engine() {
            return engine;
        }

        @Override
        public void close() {
            leases.decrementAndGet();
        }
    }

    private PublisherMedia media(@Nullable VideoSource video, PushedAudioSource audio) {
        return new PublisherMedia(
                () -> CompletableFuture.completedFuture(new Counted()), video, audio, true, true, () -> {});
    }

    @Test
    void errorOfTheNativeSideGivesTheEngineBackAndMayBeTriedAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        PushedAudioSource tone = AudioSources.tone(440);
        PushedAudioSource flaky = (AudioSink sink, Runnable ended) -> {
            if (tries.incrementAndGet() == 1) {
                throw new Error("Create audio track failed");
            }
            return tone.start(sink, ended);
        };
        PublisherMedia media = media(VideoSources.pattern(VideoFormat.P360), flaky);

        assertThat(media.open())
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableThat()
                .withCauseInstanceOf(MediaUnavailableException.class)
                .withMessageContaining("Create audio track failed");
        assertThat(leases).hasValue(0);

        media.open().get(10, TimeUnit.SECONDS);
        assertThat(leases).hasValue(1);
        await("frames").atMost(Duration.ofSeconds(10)).until(() -> media.video().frames() > 0);
        await("a level")
                .atMost(Duration.ofSeconds(10))
                .until(() -> media.audio().level() > 0.2);
        media.close();
        await("the lease is given back").atMost(Duration.ofSeconds(10)).until(() -> leases.get() == 0);
    }

    @Test
    void publisherDestroyedWhileItsDevicesOpenKeepsNothing() throws Exception {
        CompletableFuture<Void> allowed = new CompletableFuture<>();
        AtomicInteger open = new AtomicInteger();
        PublisherMedia media = media(null, (AudioSink sink, Runnable ended) -> {
            allowed.join();
            open.incrementAndGet();
            return (Capture) open::decrementAndGet;
        });
        CompletableFuture<PublisherMedia.Running> opening = media.open();

        media.close();
        allowed.complete(null);

        assertThat(opening).failsWithin(Duration.ofSeconds(10));
        await("everything is given back")
                .atMost(Duration.ofSeconds(10))
                .until(() -> leases.get() == 0 && open.get() == 0);
    }
}
