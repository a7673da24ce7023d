package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.Stream;
import dev.videosession.session.StreamDestroyedEvent;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that comes back without its memory, under a call with real media. */
class StartOverIT {
    private final LiveServer server = new LiveServer(new Timings(300, 900, 10_000));
    private final SessionId id = server.newSession();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private static List<String> listen(Publisher publisher, boolean prevent) {
        List<String> told = new CopyOnWriteArrayList<>();
        publisher.addListener(new PublisherListener() {
            @Override
            public void onStreamCreated(Stream stream) {
                told.add("streamCreated");
            }

            @Override
            public void onStreamDestroyed(StreamDestroyedEvent event) {
                told.add("streamDestroyed " + event.reason().wireName());
                if (prevent) {
                    event.preventDefault();
                }
            }

            @Override
            public void onDestroyed() {
                told.add("destroyed");
            }
        });
        return told;
    }

    @Test
    void callGoesOnWithNewConnectionsAndNewStreams() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada");
                Participant bob = server.join(id, Role.PUBLISHER, "bob")) {
            Publisher camera = ada.publishCamera(440);
            List<String> told = listen(camera, false);
            bob.awaitFrames("ada-cam");
            ConnectionId before = ada.session.connection().orElseThrow().id();
            bob.events.clear();
            bob.received.clear();
            server.restart();
            ada.awaitEvent("sessionReconnected anew");
            bob.awaitEvent("sessionReconnected anew");
            bob.awaitFrames("ada-cam");
            assertThat(ada.session.connection().orElseThrow().id()).isNotEqualTo(before);
            assertThat(told).containsExactly("streamDestroyed networkDisconnected", "streamCreated");
            assertThat(camera.session()).contains(ada.session);
            assertThat(bob.events)
                    .containsSubsequence(
                            "sessionReconnecting",
                            "streamDestroyed ada-cam networkDisconnected",
                            "connectionDestroyed ada networkDisconnected other",
                            "sessionReconnected anew",
                            "streamCreated ada-cam")
                    .doesNotContain("sessionDisconnected networkDisconnected socket-lost");
            assertThat(bob.session.subscribersFor(bob.session.streams().get(0))).hasSize(1);
        }
    }

    @Test
    void publisherStaysTheApplicationsIfItSaysSo() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada")) {
            Publisher camera = ada.publishCamera(440);
            List<String> told = listen(camera, true);
            server.restart();
            ada.awaitEvent("sessionReconnected anew");
            await("an event").atMost(Participant.LIMIT).until(() -> !told.isEmpty());
            assertThat(camera.session()).isEmpty();
            ada.session.publish(camera).blockingAwait();
            assertThat(told).containsExactly("streamDestroyed networkDisconnected", "streamCreated");
            assertThat(camera.isDestroyed()).isFalse();
        }
    }

    @Test
    void streamThatWasToEndIsNotPublishedAgain() {
        try (Participant ada = server.join(id, Role.PUBLISHER, "ada")) {
            Publisher camera = ada.publishCamera(440);
            List<String> told = listen(camera, false);
            server.server.close();
            ada.awaitEvent("sessionReconnecting");
            var unpublished = ada.session.unpublish(camera).test();
            server.restart();
            ada.awaitEvent("sessionReconnected anew");
            await("destroyed").atMost(Participant.LIMIT).until(() -> told.contains("destroyed"));
            unpublished.awaitDone(5, java.util.concurrent.TimeUnit.SECONDS).assertComplete();
            assertThat(told).containsExactly("streamDestroyed clientDisconnected", "destroyed");
            assertThat(ada.session.streams()).isEmpty();
        }
    }
}
