package dev.videosession.session.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.opentok.Role;
import com.opentok.Stream;
import com.opentok.StreamListProperties;
import com.opentok.StreamProperties;
import com.opentok.TokenOptions;
import dev.videosession.media.AudioSources;
import dev.videosession.session.Publisher;
import dev.videosession.session.fixture.Participant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a backend reads and writes about streams, next to what the clients know of them. */
class BackendStreamsIT extends BackendScenario {
    @Test
    void whatClientsPublishIsListedAsLongAsItIsThere() throws Exception {
        assertThat(backend.calls.listStreams(backend.session)).isEmpty();
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.PUBLISHER, "bob")) {
            Publisher camera = ada.publishCamera(440);
            Publisher voice = Publisher.builder()
                    .audio(AudioSources.tone(550))
                    .name("b\u00f6b \"voice\"")
                    .build();
            bob.session.publish(voice).blockingAwait();
            ada.awaitEvent("streamCreated b\u00f6b \"voice\"");
            bob.awaitFrames("ada-cam");

            assertThat(backend.calls.listStreams(backend.session))
                    .extracting(Stream::getName)
                    .containsExactlyInAnyOrder("ada-cam", "b\u00f6b \"voice\"");
            assertThat(backend.calls.listStreams(backend.session).getTotalCount())
                    .isEqualTo(2);
            Stream one = backend.calls.getStream(backend.session, idOf(camera));
            assertThat(one.getId()).isEqualTo(idOf(camera));
            assertThat(one.getName()).isEqualTo("ada-cam");
            assertThat(one.getVideoType()).isEqualTo("camera");
            assertThat(one.getLayoutClassList()).isEmpty();

            String gone = idOf(camera);
            ada.session.unpublish(camera).blockingAwait();
            assertThat(backend.calls.listStreams(backend.session))
                    .extracting(Stream::getId)
                    .containsExactly(idOf(voice));
            BackendRefusalsIT.refused(() -> backend.calls.getStream(backend.session, gone), "404");
        }
        await("all participants have left")
                .until(() -> backend.calls.listStreams(backend.session).getTotalCount() == 0);
    }

    @Test
    void layoutClassesOfTheTokenAndOfTheBackendAreKeptAndConcernNoClient() throws Exception {
        String focused = backend.calls.generateToken(
                backend.session,
                new TokenOptions.Builder()
                        .role(Role.PUBLISHER)
                        .data("ada")
                        .initialLayoutClassList(List.of("focus", "hidden"))
                        .build());
        try (Participant ada = backend.join(focused, "ada");
                Participant bob = backend.join(Role.PUBLISHER, "bob")) {
            String first = idOf(ada.publishCamera(440));
            String second = idOf(bob.publishCamera(550));
            ada.awaitEvent("streamCreated bob-cam");
            bob.awaitEvent("streamCreated ada-cam");
            assertThat(classes(first)).containsExactly("focus", "hidden");
            assertThat(classes(second)).isEmpty();
            int known = bob.events.size();

            backend.calls.setStreamLayouts(
                    backend.session,
                    new StreamListProperties.Builder()
                            .addStreamProperties(layout(first, "full"))
                            .addStreamProperties(layout(second, "left", "small"))
                            .build());
            assertThat(classes(first)).containsExactly("full");
            assertThat(classes(second)).containsExactly("left", "small");
            assertThat(backend.calls.listStreams(backend.session))
                    .extracting(Stream::getLayoutClassList)
                    .containsExactlyInAnyOrder(List.of("full"), List.of("left", "small"));
            backend.calls.setStreamLayouts(
                    backend.session,
                    new StreamListProperties.Builder()
                            .addStreamProperties(layout(second))
                            .build());
            assertThat(classes(second)).isEmpty();

            backend.fence(ada, bob);
            assertThat(bob.events.subList(known, bob.events.size())).containsExactly("signal:fence 1 from backend");
        }
    }

    private List<String> classes(String stream) throws Exception {
        return backend.calls.getStream(backend.session, stream).getLayoutClassList();
    }

    static StreamProperties layout(String stream, String... classes) {
        StreamProperties.Builder properties = new StreamProperties.Builder().id(stream);
        for (String name : classes) {
            properties.addLayoutClass(name);
        }
        return properties.build();
    }

    private static String idOf(Publisher publisher) {
        return publisher.stream().orElseThrow().id().value();
    }
}
