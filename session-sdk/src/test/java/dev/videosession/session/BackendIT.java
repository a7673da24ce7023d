package dev.videosession.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.opentok.MuteAllProperties;
import com.opentok.OpenTok;
import com.opentok.SignalProperties;
import com.opentok.TokenOptions;
import dev.videosession.protocol.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backend does with the official library, as the clients in the session see it. */
class BackendIT {
    private LiveServer server;
    private OpenTok backend;
    private SessionId id;

    @BeforeEach
    void start() throws Exception {
        server = new LiveServer(LiveServer.QUICK);
        backend = new OpenTok.Builder(LiveServer.API_KEY, LiveServer.SECRET)
                .apiUrl(server.server.uri().toString())
                .build();
        id = new SessionId(backend.createSession().getSessionId());
    }

    @AfterEach
    void stop() {
        backend.close();
        server.close();
    }

    private Participant join(com.opentok.Role role, String name) throws Exception {
        TokenOptions options = new TokenOptions.Builder().role(role).data(name).build();
        return server.join(id, backend.generateToken(id.value(), options), name);
    }

    @Test
    void signalsReachEverybodyOrOneAndComeFromTheBackend() throws Exception {
        try (Participant ada = join(com.opentok.Role.PUBLISHER, "ada");
                Participant bob = join(com.opentok.Role.SUBSCRIBER, "bob")) {
            backend.signal(
                    id.value(),
                    new SignalProperties.Builder().type("news").data("all").build());
            ada.awaitEvent("signal:news all from backend");
            bob.awaitEvent("signal:news all from backend");
            backend.signal(
                    id.value(),
                    bob.id().value(),
                    new SignalProperties.Builder().type("news").data("one").build());
            bob.awaitEvent("signal:news one from backend");
            assertThat(ada.events).doesNotContain("signal:news one from backend");
        }
    }

    @Test
    void mutingSilencesPublishersAndNewOnesToo() throws Exception {
        try (Participant ada = join(com.opentok.Role.PUBLISHER, "ada");
                Participant bob = join(com.opentok.Role.PUBLISHER, "bob")) {
            Publisher first = ada.publishCamera(440);
            bob.awaitEvent("streamCreated ada-cam");
            String stream = first.stream().orElseThrow().id().value();
            assertThat(backend.getStream(id.value(), stream).getName()).isEqualTo("ada-cam");
            assertThat(backend.listStreams(id.value()).getTotalCount()).isEqualTo(1);

            backend.forceMuteStream(id.value(), stream);
            ada.awaitEvent("publisher muteForced");
            bob.awaitEvent("hasAudio of ada-cam false");
            assertThat(first.publishesAudio()).isFalse();
            first.publishAudio(true);
            bob.awaitEvent("hasAudio of ada-cam true");

            backend.forceMuteAll(id.value(), new MuteAllProperties.Builder().build());
            bob.awaitEvent("muteForced true");
            Publisher second = bob.publishCamera(550);
            bob.awaitEvent("publisher muteForced");
            assertThat(second.publishesAudio()).isFalse();

            backend.disableForceMute(id.value());
            ada.awaitEvent("muteForced false");
        }
    }

    @Test
    void forceDisconnectIsToldLikeAModerators() throws Exception {
        try (Participant ada = join(com.opentok.Role.PUBLISHER, "ada");
                Participant bob = join(com.opentok.Role.MODERATOR, "bob")) {
            ada.publishCamera(440);
            bob.awaitFrames("ada-cam");
            backend.forceDisconnect(id.value(), ada.id().value());
            ada.awaitEvent("publisher destroyed");
            bob.awaitEvent("connectionDestroyed ada forceDisconnected kicked");
            assertThat(ada.events)
                    .containsSubsequence(
                            "sessionDisconnected forceDisconnected kicked",
                            "publisher streamDestroyed forceDisconnected",
                            "publisher destroyed");
            assertThat(bob.events)
                    .containsSubsequence(
                            "streamDestroyed ada-cam forceDisconnected",
                            "connectionDestroyed ada forceDisconnected kicked");
        }
    }
}
