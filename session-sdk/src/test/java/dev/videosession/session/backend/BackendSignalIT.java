package dev.videosession.session.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.opentok.Role;
import com.opentok.SignalProperties;
import dev.videosession.session.fixture.Participant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Signals of a backend arrive at their recipients, whole and in order, without a sender. */
class BackendSignalIT extends BackendScenario {
    @Test
    void signalsFromTheBackendReachEveryClientOrOne() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.SUBSCRIBER, "bob")) {
            backend.calls.signal(backend.session, Backend.signal("news", "all"));
            backend.calls.signal(backend.session, bob.id().value(), Backend.signal("news", "one"));
            backend.fence(ada, bob);
            assertThat(ada.signals()).containsExactly("signal:news all from backend", "signal:fence 1 from backend");
            assertThat(bob.signals())
                    .containsExactly(
                            "signal:news all from backend",
                            "signal:news one from backend",
                            "signal:fence 1 from backend");
        }
    }

    @Test
    void typeAndDataArriveAsTheyWereSent() throws Exception {
        String longest = "\u20ac".repeat(2730) + "..";
        try (Participant ada = backend.join(Role.SUBSCRIBER, "ada")) {
            backend.calls.signal(backend.session, new SignalProperties.Builder().build());
            backend.calls.signal(
                    backend.session,
                    new SignalProperties.Builder().data("no type").build());
            backend.calls.signal(
                    backend.session,
                    new SignalProperties.Builder().type("no-data").build());
            backend.calls.signal(backend.session, Backend.signal("A-z_0~9.", "{\"a\":\"\\n\\\"\"}\n\uD83D\uDE00"));
            backend.calls.signal(backend.session, ada.id().value(), Backend.signal("t".repeat(128), longest));
            backend.fence(ada);
            assertThat(ada.signals())
                    .containsExactly(
                            "signal null from backend",
                            "signal no type from backend",
                            "signal:no-data null from backend",
                            "signal:A-z_0~9. {\"a\":\"\\n\\\"\"}\n\uD83D\uDE00 from backend",
                            "signal:" + "t".repeat(128) + " " + longest + " from backend",
                            "signal:fence 1 from backend");
        }
    }

    @Test
    void signalsOfBackendAndClientsComeToAllInOneOrder() throws Exception {
        try (Participant ada = backend.join(Role.PUBLISHER, "ada");
                Participant bob = backend.join(Role.SUBSCRIBER, "bob")) {
            for (int i = 0; i < 20; i++) {
                ada.session.signal("n", "ada" + i);
                backend.calls.signal(backend.session, Backend.signal("n", "backend" + i));
            }
            ada.session.signal("n", "last").blockingAwait();
            backend.fence(ada, bob);
            assertThat(bob.signals()).isEqualTo(ada.signals());
            List<String> ofBackend = IntStream.range(0, 20)
                    .mapToObj(i -> "signal:n backend" + i + " from backend")
                    .toList();
            List<String> ofAda = IntStream.range(0, 20)
                    .mapToObj(i -> "signal:n ada" + i + " from ada")
                    .toList();
            assertThat(ada.signals()).hasSize(42).containsSubsequence(ofBackend).containsSubsequence(ofAda);
        }
    }
}
