package dev.videosession.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.project.Project;
import dev.videosession.server.webhook.WebhookReceiver.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookTest extends WebhookScene {
    @Test
    void eventsComeInOrderAndAsOpenTokSendsThem() {
        try (ServerFixture fixture = server(patient())) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            StreamInfo cam = ada.publish("cam \"1\"");
            ada.expect(SequencedEvent.StreamCreated.class);
            ada.send(new ClientMessage.Disconnect());
            List<Delivery> got = receiver.awaitAccepted(6);
            assertThat(events(got))
                    .containsExactly(
                            "sessionCreated",
                            "connectionCreated",
                            "streamCreated",
                            "streamDestroyed",
                            "connectionDestroyed",
                            "sessionDestroyed");
            String head = "{\"sessionId\":\"" + fixture.session + "\",\"projectId\":\"47000001\",\"event\":\"";
            String connection = "\"connection\":{\"id\":\"" + ada.id().value() + "\",\"createdAt\":"
                    + ada.connected().connection().creationTime() + ",\"data\":\"as publisher\"}";
            String stream = "\"stream\":{\"id\":\"" + cam.streamId().value() + "\"," + connection + ",\"createdAt\":"
                    + cam.creationTime() + ",\"name\":\"cam \\\"1\\\"\",\"videoType\":\"camera\"}}";
            assertThat(got.get(0).body()).matches("\\Q" + head + "\\EsessionCreated\",\"timestamp\":\\d{13}}");
            assertThat(got.get(1).body())
                    .startsWith(head + "connectionCreated\",\"timestamp\":")
                    .endsWith("," + connection + "}");
            assertThat(got.get(2).body())
                    .startsWith(head + "streamCreated\",\"timestamp\":")
                    .endsWith("," + stream);
            assertThat(got.get(3).body())
                    .startsWith(head + "streamDestroyed\",\"reason\":\"clientDisconnected\",\"timestamp\":")
                    .endsWith("," + stream);
            assertThat(got.get(4).body())
                    .startsWith(head + "connectionDestroyed\",\"reason\":\"clientDisconnected\",\"timestamp\":")
                    .endsWith("," + connection + "}");
            assertThat(got)
                    .allSatisfy(delivery -> {
                        assertThat(delivery.type()).isEqualTo("application/json");
                        assertThat(delivery.path()).isEqualTo("/events?x=1");
                        assertThat(delivery.attempt()).isEqualTo("1");
                    })
                    .extracting(Delivery::id)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void everyEventIsSignedWithEverySecret() throws Exception {
        Project rotating =
                new Project(PROJECT.apiKey(), List.of(PROJECT.signingSecret(), "o".repeat(40)), receiver.uri());
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.project(rotating).webhooks(patient()))) {
            fixture.join(Role.PUBLISHER);
            for (Delivery delivery : receiver.awaitAccepted(2)) {
                String[] parts = delivery.signature().split(",", -1);
                assertThat(parts).hasSize(3);
                String time = parts[0].substring("t=".length());
                assertThat(Long.parseLong(time))
                        .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(30L));
                for (int i = 0; i < 2; i++) {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(
                            rotating.secrets().get(i).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                    byte[] signature = mac.doFinal((time + "." + delivery.body()).getBytes(StandardCharsets.UTF_8));
                    assertThat(parts[i + 1]).isEqualTo("v1=" + HexFormat.of().formatHex(signature));
                }
            }
        }
    }

    @Test
    void reasonsOfModeration() {
        try (ServerFixture fixture = server(patient())) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            StreamInfo cam = ada.publish("cam");
            fixture.server
                    .control()
                    .forceUnpublish(fixture.session, cam.streamId())
                    .join();
            fixture.server
                    .control()
                    .forceDisconnect(fixture.session, ada.id(), null, false)
                    .join();
            List<Delivery> got = receiver.awaitAccepted(6);
            assertThat(got.get(3).body()).contains("\"reason\":\"forceUnpublished\"");
            assertThat(got.get(4).body()).contains("\"reason\":\"forceDisconnected\"");
        }
    }

    @Test
    void stoppingServerSaysSoAndSendsWhatIsLeft() {
        List<Delivery> got;
        try (ServerFixture fixture = server(patient())) {
            TestClient ada = fixture.join(Role.PUBLISHER);
            fixture.server.close();
            ada.await(ServerMessage.Draining.class);
            got = new ArrayList<>(receiver.accepted());
        }
        assertThat(events(got))
                .containsExactly("sessionCreated", "connectionCreated", "sessionNotification", "sessionDestroyed");
        assertThat(got.get(2).body()).contains("\"reason\":\"serverRotation\"");
    }
}
