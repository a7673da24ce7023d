package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.media.AudioSources;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.OpusSettings;
import dev.videosession.media.source.VideoCodec;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Video gives way to audio and comes back, over a real relayed link. The test decides whether the link is poor. */
class AudioFallbackIT {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final AtomicBoolean poor = new AtomicBoolean();
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** What happens in a call of which the publisher's link may be poor. */
    @FunctionalInterface
    private interface Scenario {
        void play(Participant.Received seen);
    }

    private void inACall(Scenario scenario) {
        try (LiveServer server = new LiveServer(LiveServer.QUICK)) {
            SessionId id = server.newSession();
            try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                    Participant bob = server.join(id, Role.SUBSCRIBER, "bob");
                    Publisher publisher = publisher(bob.id())) {
                ada.session.publish(publisher).blockingAwait();
                bob.awaitFrames("ada-cam");
                scenario.play(bob.received.get("ada-cam"));
            }
        }
    }

    private static void awaitReceived(List<String> events, String event) {
        await(event).atMost(LONG).until(() -> events.contains(event));
    }

    /** The events of the fallback, in order. */
    private static List<String> fallback(Participant.Received seen) {
        return seen.events.stream().filter(event -> event.startsWith("video")).toList();
    }

    @Test
    void videoStopsAudioContinuesAndVideoReturns() {
        inACall(seen -> {
            poor.set(true);
            awaitReceived(told, "warning");
            awaitReceived(seen.events, "videoDisableWarning");
            awaitReceived(told, "disabled quality");
            awaitReceived(seen.events, "videoDisabled quality");
            await("frames stop").atMost(Participant.LIMIT).until(() -> frames(seen) == framesAfterASecond(seen));
            await("audio continues")
                    .atMost(Participant.LIMIT)
                    .untilAsserted(() -> assertThat(seen.tone.hertz()).isCloseTo(440, within(15.0)));

            poor.set(false);
            awaitReceived(told, "enabled quality");
            awaitReceived(seen.events, "videoEnabled quality");
            long before = frames(seen);
            await("frames arrive again").atMost(Participant.LIMIT).until(() -> frames(seen) > before + 5);
            assertThat(told).containsExactly("warning", "disabled quality", "enabled quality");
            assertThat(fallback(seen))
                    .containsExactly("videoDisableWarning", "videoDisabled quality", "videoEnabled quality");
        });
    }

    @Test
    @Tag("faults")
    void warningIsLiftedIfTheLinkRecovers() {
        inACall(seen -> {
            poor.set(true);
            awaitReceived(seen.events, "videoDisableWarning");
            poor.set(false);
            awaitReceived(told, "lifted");
            awaitReceived(seen.events, "videoDisableWarningLifted");
            long before = frames(seen);
            await("frames arrive").atMost(Participant.LIMIT).until(() -> frames(seen) > before + 5);
            assertThat(told).containsExactly("warning", "lifted");
            assertThat(fallback(seen)).containsExactly("videoDisableWarning", "videoDisableWarningLifted");
        });
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
                VideoCodec.VP8,
                AudioSources.tone(440),
                OpusSettings.DEFAULT,
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
