package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import dev.videosession.session.internal.RealPublisher;
import dev.videosession.session.internal.dispatch.CallbackQueue;
import dev.videosession.session.internal.loop.SharedThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The picture gives way to the sound and comes back, over real media; what counts as poor is the test's decision. */
class AudioFallbackIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicBoolean poor = new AtomicBoolean();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void thePictureStopsTheSoundGoesOnAndThePictureReturns() {
        try (LiveServer server = new LiveServer(LiveServer.QUICK)) {
            SessionId id = server.newSession();
            try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                    Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                    Publisher publisher = publisher(bob.id())) {
                ada.session.publish(publisher).blockingAwait();
                bob.awaitFrames("ada-cam");
                Participant.Received seen = bob.received.get("ada-cam");

                poor.set(true);
                await("warned").atMost(LONG).until(() -> told.contains("warning"));
                await("disabled").atMost(LONG).until(() -> told.contains("disabled quality"));
                await("frames stop").atMost(Participant.PATIENCE).until(() -> frames(seen) == framesAfterASecond(seen));
                await("the sound is still there")
                        .atMost(Participant.PATIENCE)
                        .untilAsserted(() -> assertThat(seen.tone.hertz()).isCloseTo(440, within(15.0)));

                poor.set(false);
                await("enabled").atMost(LONG).until(() -> told.contains("enabled quality"));
                long before = frames(seen);
                await("frames come again").atMost(Participant.PATIENCE).until(() -> frames(seen) > before + 5);
                assertThat(told).containsExactly("warning", "disabled quality", "enabled quality");
            }
        }
    }

    private static long frames(Participant.Received seen) {
        return seen.subscriber.video().frames();
    }

    private static long framesAfterASecond(Participant.Received seen) {
        await().pollDelay(1, TimeUnit.SECONDS).until(() -> true);
        return frames(seen);
    }

    private Publisher publisher(ConnectionId subscriber) {
        Publisher publisher = new RealPublisher(
                "ada-cam",
                null,
                VideoSources.pattern(new VideoFormat(320, 240, 15)),
                AudioSources.tone(440),
                true,
                true,
                (stats, maxBitrate) -> poor.get(),
                new CallbackQueue(SharedThreads.callbacks()));
        publisher.addListener(new PublisherListener() {
            private void tell(ConnectionId whose, String what) {
                told.add(whose.equals(subscriber) ? what : what + " of a stranger");
            }

            @Override
            public void onVideoDisableWarning(ConnectionId whose) {
                tell(whose, "warning");
            }

            @Override
            public void onVideoDisableWarningLifted(ConnectionId whose) {
                tell(whose, "lifted");
            }

            @Override
            public void onVideoDisabled(ConnectionId whose, VideoChangeReason reason) {
                tell(whose, "disabled " + reason.wireName());
            }

            @Override
            public void onVideoEnabled(ConnectionId whose, VideoChangeReason reason) {
                tell(whose, "enabled " + reason.wireName());
            }
        });
        return publisher;
    }
}
