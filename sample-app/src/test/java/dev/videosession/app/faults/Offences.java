package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ClientMessage;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Clients that do what they should not, or what others would take for the same client. The bots are the others here. */
final class Offences {
    private static final int TOO_LONG = 70_000;
    private static final int TALKERS = 12;
    private static final int SIGNALS_EACH = 180;
    private static final String LONG_TEXT = "x".repeat(8_000);

    private Offences() {}

    static void oversized(Scene scene) throws Exception {
        offend(scene, raw -> raw.sendFrame(RawClient.TEXT, new byte[TOO_LONG]));
    }

    static void malformed(Scene scene) throws Exception {
        offend(scene, raw -> {
            for (int i = 0; i < 100; i++) {
                raw.sendFrame(RawClient.TEXT, "{\"type\":".getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    static void brokenFrame(Scene scene) throws Exception {
        offend(scene, raw -> raw.sendFrame(0xF3, new byte[10])); // reserved bits, unknown kind
    }

    private interface Offence {
        void commit(RawClient raw) throws IOException;
    }

    private static void offend(Scene scene, Offence offence) throws Exception {
        try (RawClient raw = scene.enter(scene.cast.token(Role.PUBLISHER, Duration.ofHours(1)))) {
            raw.listen();
            scene.begin();
            try {
                offence.commit(raw);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*"); // the server was faster
            }
            scene.othersSeeTheEnd("others told");
            raw.awaitClose();
        }
    }

    /** Two clients with one token are two connections; removing one leaves the other alone. */
    static void sameToken(Scene scene) throws Exception {
        try (RawClient raw = scene.enter(scene.victim.token())) {
            raw.listen();
            for (Actor other : scene.cast.others()) {
                other.await("connectionCreated", Scene.LONG, scene.ofClient());
            }
            assertThat(raw.connection()).isNotEqualTo(scene.victim.connection());
            scene.begin();
            scene.moderator.tell("forceDisconnect", "connection", raw.connection());
            scene.othersSeeTheEnd("others told");
            raw.awaitClose();
        }
    }

    /** A token opens a connection; it needs not live as long. */
    static void expiredToken(Scene scene) throws Exception {
        String token = scene.cast.token(Role.PUBLISHER, Duration.ofSeconds(4));
        RawClient lost = scene.enter(token);
        lost.reset();
        scene.othersSee("connectionReconnecting", "others told of the loss");
        Awaitility.await("token refused").atMost(Duration.ofSeconds(10)).until(() -> {
            try (RawClient late = scene.cast.raw(token)) {
                late.connect();
                late.send(new ClientMessage.Disconnect());
                return false;
            } catch (IOException refused) {
                return refused.getMessage().contains("OT_AUTHENTICATION_ERROR");
            }
        });
        scene.begin();
        try (RawClient back = scene.cast.raw(token)) {
            assertThat(back.resume(lost)).isInstanceOf(ServerMessage.Resumed.class);
            scene.othersSee("connectionReconnected", "others told of the return");
            scene.tellOf(back);
            back.listen();
            back.send(new ClientMessage.Disconnect());
            back.awaitClose();
            scene.othersSee("connectionDestroyed", "others told of the end");
        }
    }

    /** Does not read, but is talked to. */
    static void slowReader(Scene scene) throws Exception {
        List<RawClient> talkers = new ArrayList<>();
        try (RawClient slow = scene.enter(scene.cast.token(Role.PUBLISHER, Duration.ofHours(1)))) {
            for (int i = 0; i < TALKERS; i++) {
                talkers.add(scene.cast
                        .raw(scene.cast.token(Role.PUBLISHER, Duration.ofHours(1)))
                        .connect()
                        .listen());
            }
            scene.begin();
            for (RawClient talker : talkers) {
                for (int i = 0; i < SIGNALS_EACH; i++) {
                    talker.send(
                            new ClientMessage.Signal(10 + i, "flood", LONG_TEXT, new ConnectionId(slow.connection())));
                }
            }
            scene.othersSee("connectionReconnecting", "others told of the loss");
            for (RawClient talker : talkers) {
                talker.send(new ClientMessage.Disconnect());
                talker.awaitClose();
                talker.close();
            }
            scene.othersSeeTheEnd("ghost gone");
        }
    }
}
