package dev.videosession.session.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.Connection;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionException;
import dev.videosession.session.SignalOptions;
import dev.videosession.session.Stream;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls between programs of the SDK, over a real server and real media. */
class CallIT {
    private final LiveServer server = new LiveServer(LiveServer.QUICK);
    private final SessionId id = server.newSession();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void participantsSeeAndHearEachOther() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            ada.publishCamera(440);
            bob.publishCamera(660);
            ada.awaitFrames("bob-cam");
            bob.awaitFrames("ada-cam");
            await("ada hears bob")
                    .atMost(Participant.LIMIT)
                    .untilAsserted(() ->
                            assertThat(ada.received.get("bob-cam").tone.hertz()).isCloseTo(660, within(15.0)));
            await("bob hears ada")
                    .atMost(Participant.LIMIT)
                    .untilAsserted(() ->
                            assertThat(bob.received.get("ada-cam").tone.hertz()).isCloseTo(440, within(15.0)));
            await("bob is the active speaker for ada, and both are listed")
                    .atMost(Participant.LIMIT)
                    .until(() ->
                            ada.session.speakers().active().map(Stream::name).equals(Optional.of("bob-cam"))
                                    && ada.session.speakers().speaking().size() == 2);
            assertThat(ada.received.get("bob-cam").subscriber.rtcStats().blockingGet())
                    .anyMatch(entry -> entry.type().equals("inbound-rtp")
                            && entry.values().get("codecId") instanceof String
                            && entry.values().get("framesDecoded") instanceof Number decoded
                            && decoded.longValue() > 0);
            assertThat(ada.session.subscribersFor(bob.session.streams().stream()
                            .filter(s -> s.name().equals("bob-cam"))
                            .findFirst()
                            .orElseThrow()))
                    .hasSize(1);
        }
    }

    @Test
    void otherClientsReceiveMuteAndCameraOff() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            Publisher camera = ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            camera.publishAudio(false);
            bob.awaitEvent("hasAudio of ada-cam false");
            await("silence")
                    .atMost(Participant.LIMIT)
                    .until(() -> bob.received.get("ada-cam").tone.hertz() == 0);
            camera.publishAudio(true);
            bob.awaitEvent("hasAudio of ada-cam true");
            await("tone")
                    .atMost(Participant.LIMIT)
                    .until(() -> bob.received.get("ada-cam").tone.hertz() > 400);
            camera.publishVideo(false);
            bob.awaitEvent("hasVideo of ada-cam false");
            await("videoDisabled")
                    .until(() -> bob.received.get("ada-cam").events.contains("videoDisabled publishVideo"));
        }
    }

    @Test
    void subscriberThatWantsNoVideoGetsNone() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.SUBSCRIBER, "bob")) {
            ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            Participant.Received stream = bob.received.get("ada-cam");
            stream.subscriber.subscribeToVideo(false);
            await("video stops").atMost(Participant.LIMIT).until(() -> {
                long before = stream.lastFrameNumber.get();
                return !framesArrive(stream, before);
            });
            stream.subscriber.subscribeToVideo(true);
            long before = stream.lastFrameNumber.get();
            await("video resumes").atMost(Participant.LIMIT).until(() -> stream.lastFrameNumber.get() > before);
        }
    }

    private static boolean framesArrive(Participant.Received stream, long before) {
        try {
            await().atMost(Duration.ofMillis(700)).until(() -> stream.lastFrameNumber.get() > before);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    @Test
    void unsubscribeAndUnpublishEndMediaAndReachEveryClient() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            Publisher camera = ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            Participant.Received stream = bob.received.get("ada-cam");
            bob.session.unsubscribe(stream.subscriber);
            await("destroyed").until(() -> stream.events.contains("destroyed"));
            await("no link")
                    .atMost(Participant.LIMIT)
                    .until(() -> camera.stats().blockingGet().isEmpty());
            ada.session.unpublish(camera).blockingAwait();
            assertThat(ada.events)
                    .as("reported before unpublish completes")
                    .containsSubsequence("publisher streamDestroyed clientDisconnected", "publisher destroyed");
            bob.awaitEvent("streamDestroyed ada-cam clientDisconnected");
            assertThat(bob.session.streams()).isEmpty();
        }
    }

    @Test
    void signalsReachEveryClientOrOneOfThem() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            ada.session.signal("chat", "to all").blockingAwait();
            ada.awaitEvent("signal:chat to all from ada");
            bob.awaitEvent("signal:chat to all from ada");
            Connection toBob = ada.session.connections().stream()
                    .filter(connection -> connection.data().equals("bob"))
                    .findFirst()
                    .orElseThrow();
            ada.session.signal(null, "psst", SignalOptions.to(toBob)).blockingAwait();
            bob.awaitEvent("signal psst from ada");
            assertThat(ada.events).doesNotContain("signal psst from ada");
        }
    }

    @Test
    void rolesAreEnforcedWithOpenTokCodes() {
        try (Participant guest = server.join(id, Role.SUBSCRIBER, "guest");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            assertThatThrownBy(() -> guest.session.publish(guest.camera(440)).blockingAwait())
                    .isInstanceOfSatisfying(SessionException.class, e -> {
                        assertThat(e.code()).isEqualTo(1500);
                        assertThat(e.errorName()).isEqualTo("OT_PERMISSION_DENIED");
                    });
            assertThatThrownBy(() -> guest.session
                            .forceDisconnect(bob.session.connection().orElseThrow())
                            .blockingAwait())
                    .isInstanceOfSatisfying(
                            SessionException.class, e -> assertThat(e.code()).isEqualTo(1520));
        }
    }

    @Test
    void forceDisconnectReachesEveryClientAndMediaStops() {
        try (Participant moderator = server.join(id, Role.MODERATOR, "mod");
                Participant victim = server.join(id, Role.PUBLISHER, "victim");
                Participant third = server.join(id, Role.PUBLISHER, "third")) {
            victim.publishCamera(440);
            third.publishCamera(550);
            moderator.awaitFrames("victim-cam");
            third.awaitFrames("victim-cam");
            victim.awaitFrames("third-cam");
            moderator
                    .session
                    .forceDisconnect(victim.id(), ForceDisconnectOptions.DEFAULT.withMessage("please leave"))
                    .blockingAwait();
            victim.awaitEvent("publisher destroyed");
            third.awaitEvent("connectionDestroyed victim forceDisconnected kicked");
            moderator.awaitEvent("connectionDestroyed victim forceDisconnected kicked");
            assertThat(third.events)
                    .containsSubsequence(
                            "streamDestroyed victim-cam forceDisconnected",
                            "connectionDestroyed victim forceDisconnected kicked");
            assertThat(victim.events)
                    .containsSubsequence(
                            "sessionDisconnected forceDisconnected kicked please leave",
                            "publisher streamDestroyed forceDisconnected",
                            "publisher destroyed");
            await("subscribers destroyed")
                    .until(() -> victim.received.get("third-cam").events.contains("destroyed"));
            assertThat(victim.events.stream().filter(e -> e.startsWith("sessionDisconnected")))
                    .hasSize(1);
            assertThat(victim.session.connections()).isEmpty();
        }
    }

    @Test
    void preventedDisconnectKeepsThePublisherForTheNextConnection() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            Publisher camera = ada.publishCamera(440);
            bob.publishCamera(550);
            ada.awaitFrames("bob-cam");
            ada.prevent = true;
            ada.session.disconnect().blockingAwait();
            assertThat(camera.isDestroyed()).isFalse();
            assertThat(camera.stream()).isEmpty();
            assertThat(ada.received.get("bob-cam").subscriber.video().snapshot())
                    .isPresent();
            long frames = camera.video().frames();
            await("still capturing").until(() -> camera.video().frames() > frames);
            ada.session.connect(server.token(id, Role.PUBLISHER, "ada")).blockingAwait();
            bob.received.clear();
            ada.session.publish(camera).blockingAwait();
            bob.awaitFrames("ada-cam");
            camera.destroy();
            bob.awaitEvent("streamDestroyed ada-cam clientDisconnected");
        }
    }

    @Test
    void serverThatStopsIsANetworkDisconnect() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada")) {
            server.close();
            ada.awaitEvent("error 1022 OT_DISCONNECTED");
            await("ended")
                    .atMost(Participant.LIMIT)
                    .until(() ->
                            ada.events.stream().anyMatch(e -> e.startsWith("sessionDisconnected networkDisconnected")));
            List<String> ends = ada.events.stream()
                    .filter(e -> e.startsWith("sessionDisconnected"))
                    .toList();
            assertThat(ends).hasSize(1);
        }
    }
}
