package dev.videosession.session.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.opentok.Role;
import dev.videosession.session.Publisher;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.Participant;
import org.junit.jupiter.api.Test;

/** A removal by a backend is reported like a moderator's, and is no ban. */
class BackendRemovalIT extends BackendScenario {
    @Test
    void removedClientLosesItsStreamsAndOtherClientsReceiveTheirEnd() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.MODERATOR, "bob")) {
            Publisher camera = ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            backend.calls.forceDisconnect(backend.session, ada.id().value());
            ada.awaitEvent("publisher destroyed");
            bob.awaitEvent("connectionDestroyed ada forceDisconnected kicked");
            assertThat(ada.events)
                    .containsSubsequence(
                            "sessionDisconnected forceDisconnected kicked",
                            "publisher streamDestroyed forceDisconnected",
                            "publisher destroyed")
                    .doesNotContain("error 1022 OT_DISCONNECTED");
            assertThat(ada.session.state()).isEqualTo(SessionState.DISCONNECTED);
            assertThat(camera.isDestroyed()).isTrue();
            assertThat(bob.events)
                    .containsSubsequence(
                            "streamDestroyed ada-cam forceDisconnected",
                            "connectionDestroyed ada forceDisconnected kicked");
            assertThat(bob.awaitStream("ada-cam").subscriber.isDestroyed()).isTrue();
        }
    }

    @Test
    void itsTokenOpensTheSessionAgain() throws Exception {
        String token = backend.token(Role.PUBLISHER, "ada");
        try (Participant ada = backend.join(token, "ada");
                Participant bob = backend.join(Role.SUBSCRIBER, "bob")) {
            String before = ada.id().value();
            backend.calls.forceDisconnect(backend.session, before);
            ada.awaitEvent("sessionDisconnected forceDisconnected kicked");
            ada.session.connect(token).blockingAwait();
            assertThat(ada.id().value()).isNotEqualTo(before);
            backend.fence(ada, bob);
            assertThat(bob.events)
                    .containsSubsequence(
                            "connectionDestroyed ada forceDisconnected kicked",
                            "connectionCreated ada",
                            "signal:fence 1 from backend");
        }
    }

    @Test
    void otherClientsStay() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.SUBSCRIBER, "bob");
                Participant eve = backend.join(Role.MODERATOR, "eve")) {
            backend.calls.forceDisconnect(backend.session, eve.id().value());
            eve.awaitEvent("sessionDisconnected forceDisconnected kicked");
            backend.fence(ada, bob);
            assertThat(ada.session.connections()).hasSize(2).isEqualTo(bob.session.connections());
            assertThat(ada.events).noneMatch(event -> event.startsWith("sessionDisconnected"));
            assertThat(bob.events).noneMatch(event -> event.startsWith("sessionDisconnected"));
        }
    }
}
