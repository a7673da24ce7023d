package dev.videosession.session.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opentok.MuteAllProperties;
import com.opentok.Role;
import dev.videosession.media.probe.ToneMeter;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.Participant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Muting by a backend: the publisher is silent and receives the reason, and all participants receive the change. */
class BackendMuteIT extends BackendScenario {
    private static final MuteAllProperties NO_EXCEPTIONS = new MuteAllProperties.Builder().build();

    @Test
    void aMutedStreamIsSilentUntilItsPublisherSpeaksAgain() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.PUBLISHER, "bob")) {
            Publisher first = ada.publishCamera(440);
            Publisher other = bob.publishCamera(550);
            bob.awaitFrames("ada-cam");
            ToneMeter heard = bob.received.get("ada-cam").tone;
            await("the tone").atMost(Participant.LIMIT).until(() -> heard.hertz() > 400);
            backend.calls.forceMuteStream(backend.session, idOf(first));
            ada.awaitEvent("publisher muteForced");
            bob.awaitEvent("hasAudio of ada-cam false");
            await("silence").atMost(Participant.LIMIT).until(() -> heard.hertz() == 0);
            assertThat(first.publishesAudio()).isFalse();
            assertThat(other.publishesAudio()).isTrue();
            first.publishAudio(true);
            bob.awaitEvent("hasAudio of ada-cam true");
            await("the tone").atMost(Participant.LIMIT).until(() -> heard.hertz() > 400);

            backend.fence(ada, bob);
            assertThat(bob.events).doesNotContain("publisher muteForced", "hasAudio of bob-cam false");
            assertThat(ada.events).doesNotContain("muteForced true");
        }
    }

    @Test
    void mutingAllIsForNewStreamsTooUntilItIsDisabled() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.PUBLISHER, "bob")) {
            Publisher first = ada.publishCamera(440);
            backend.calls.forceMuteAll(backend.session, NO_EXCEPTIONS);
            ada.awaitEvent("publisher muteForced");
            ada.awaitEvent("muteForced true");
            bob.awaitEvent("muteForced true");
            assertThat(first.publishesAudio()).isFalse();
            Publisher second = bob.publishCamera(550);
            bob.awaitEvent("publisher muteForced");
            ada.awaitEvent("streamCreated bob-cam");
            assertThat(second.publishesAudio()).isFalse();
            assertThat(ada.stream("bob-cam").hasAudio()).isFalse();

            backend.calls.disableForceMute(backend.session);
            ada.awaitEvent("muteForced false");
            bob.awaitEvent("muteForced false");
            assertThat(first.publishesAudio()).isFalse(); // the muted participant decides
            bob.session.unpublish(second).blockingAwait();
            Publisher third = bob.publishCamera(660);
            backend.fence(ada, bob);
            assertThat(third.publishesAudio()).isTrue();
            assertThat(ada.stream("bob-cam").hasAudio()).isTrue();
        }
    }

    @Test
    void excludedStreamsStayAudible() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.PUBLISHER, "bob")) {
            Publisher spared = ada.publishCamera(440);
            Publisher muted = bob.publishCamera(550);
            MuteAllProperties allButAda = new MuteAllProperties.Builder()
                    .excludedStreamIds(List.of(idOf(spared), "a-stream-that-has-ended"))
                    .build();
            backend.calls.forceMuteAll(backend.session, allButAda);
            bob.awaitEvent("publisher muteForced");
            backend.fence(ada, bob);
            assertThat(ada.events)
                    .contains("muteForced true", "hasAudio of bob-cam false")
                    .doesNotContain("publisher muteForced");
            assertThat(spared.publishesAudio()).isTrue();
            assertThat(muted.publishesAudio()).isFalse();
            assertThat(bob.stream("ada-cam").hasAudio()).isTrue();
        }
    }

    @Test
    void mutedStreamsAreNotMutedTwice() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.SUBSCRIBER, "bob")) {
            Publisher camera = ada.publishCamera(440);
            backend.calls.forceMuteStream(backend.session, idOf(camera));
            backend.calls.forceMuteStream(backend.session, idOf(camera));
            backend.calls.forceMuteAll(backend.session, NO_EXCEPTIONS);
            backend.fence(ada, bob);
            assertThat(bob.events).containsOnlyOnce("hasAudio of ada-cam false");
            assertThat(camera.publishesAudio()).isFalse();
            assertThat(camera.publishesVideo()).isTrue();
        }
    }

    private static String idOf(Publisher publisher) {
        return publisher.stream().orElseThrow().id().value();
    }
}
