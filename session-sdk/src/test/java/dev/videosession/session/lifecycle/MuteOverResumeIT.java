package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.settings.ServerLimits;
import dev.videosession.session.Publisher;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.fixture.FaultProxy;
import dev.videosession.session.fixture.LiveServer;
import dev.videosession.session.fixture.Participant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A moderator mutes a publisher that is offline. */
class MuteOverResumeIT {
    @Test
    void orderThatIsTooOldForTheLogHoldsAllTheSame() {
        try (LiveServer server = new LiveServer(
                new Timings(300, 60_000, 60_000),
                builder ->
                        builder.limits(ServerLimits.builder().historyEvents(3).build()))) {
            SessionId id = server.newSession();
            try (FaultProxy network = new FaultProxy(server.server.uri());
                    Participant ada = server.joinThrough(network, id, Role.PUBLISHER, "ada", null);
                    Participant mo = server.join(id, Role.MODERATOR, "mo")) {
                Publisher camera = ada.publishCamera(440);
                List<String> told = new CopyOnWriteArrayList<>();
                camera.addListener(new PublisherListener() {
                    @Override
                    public void onMuteForced() {
                        told.add("muteForced");
                    }
                });
                mo.awaitFrames("ada-cam");
                network.refuse(true);
                network.cut();
                ada.awaitEvent("sessionReconnecting");
                mo.session.forceMuteStream(mo.session.streams().get(0).id()).blockingAwait();
                for (int i = 0; i < 10; i++) {
                    mo.session.signal("fill", "the log").blockingAwait();
                }
                assertThat(camera.publishesAudio()).isTrue();
                network.refuse(false);
                ada.awaitEvent("sessionReconnected");
                await("muted").atMost(Participant.LIMIT).until(() -> !told.isEmpty());
                assertThat(camera.publishesAudio()).isFalse();
                assertThat(told).hasSize(1);
                assertThat(ada.events).as("the log was too short").doesNotContain("signal:fill the log from mo");
                camera.publishAudio(true);
                mo.awaitEvent("hasAudio of ada-cam true");
                assertThat(camera.publishesAudio()).isTrue();
            }
        }
    }
}
