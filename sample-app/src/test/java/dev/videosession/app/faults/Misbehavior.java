package dev.videosession.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Clients that break the rules, or that look like another client. The bots are the other participants. */
final class Misbehavior {
    private static final int TOO_LONG = 70_000;
    private static final int TALKERS = 12;
    private static final int SIGNALS_EACH = 180;
    private static final String LONG_TEXT = "x".repeat(8_000);

    private Misbehavior() {}

    static void oversized(FaultRun run) throws Exception {
        offend(run, raw -> raw.sendFrame(RawClient.TEXT, new byte[TOO_LONG]));
    }

    static void malformed(FaultRun run) throws Exception {
        offend(run, raw -> {
            for (int i = 0; i < 100; i++) {
                raw.sendFrame(RawClient.TEXT, "{\"type\":".getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    static void brokenFrame(FaultRun run) throws Exception {
        offend(run, raw -> raw.sendFrame(0xF3, new byte[10])); // reserved bits, unknown kind
    }

    private interface Offence {
        void commit(RawClient raw) throws IOException;
    }

    private static void offend(FaultRun run, Offence offence) throws Exception {
        try (RawClient raw = run.enter(run.participants.token(Role.PUBLISHER, Duration.ofHours(1)))) {
            raw.listen();
            run.begin();
            try {
                offence.commit(raw);
            } catch (IOException e) {
                assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*"); // the server was faster
            }
            run.othersSeeTheEnd("participants notified");
            raw.awaitClose();
        }
    }

    /** Two clients with one token are two connections; removing one leaves the other alone. */
    static void sameToken(FaultRun run) throws Exception {
        try (RawClient raw = run.enter(run.victim.token())) {
            raw.listen();
            for (ParticipantProcess other : run.participants.others()) {
                other.await("connectionCreated", FaultRun.LONG, run.ofClient());
            }
            assertThat(raw.connection()).isNotEqualTo(run.victim.connection());
            run.begin();
            run.moderator.tell("forceDisconnect", "connection", raw.connection());
            run.othersSeeTheEnd("participants notified");
            raw.awaitClose();
        }
    }

    /** A token opens a connection; it needs not live as long. */
    static void expiredToken(FaultRun run) throws Exception {
        String token = run.participants.token(Role.PUBLISHER, Duration.ofSeconds(4));
        RawClient lost = run.enter(token);
        lost.reset();
        run.othersSee("connectionReconnecting", "participants notified of the loss");
        Awaitility.await("token refused").atMost(Duration.ofSeconds(10)).until(() -> {
            try (RawClient late = run.participants.raw(token)) {
                late.connect();
                late.send(new ClientMessage.Disconnect());
                return false;
            } catch (IOException refused) {
                return refused.getMessage().contains("OT_AUTHENTICATION_ERROR");
            }
        });
        run.begin();
        try (RawClient back = run.participants.raw(token)) {
            assertThat(back.resume(lost)).isInstanceOf(ServerMessage.Resumed.class);
            run.othersSee("connectionReconnected", "participants notified of the return");
            run.tellOf(back);
            back.listen();
            back.send(new ClientMessage.Disconnect());
            back.awaitClose();
            run.othersSee("connectionDestroyed", "participants notified of the end");
        }
    }

    /** Does not read, but is talked to. */
    static void slowReader(FaultRun run) throws Exception {
        List<RawClient> talkers = new ArrayList<>();
        try (RawClient slow = run.enter(run.participants.token(Role.PUBLISHER, Duration.ofHours(1)))) {
            for (int i = 0; i < TALKERS; i++) {
                talkers.add(run.participants
                        .raw(run.participants.token(Role.PUBLISHER, Duration.ofHours(1)))
                        .connect()
                        .listen());
            }
            run.begin();
            for (RawClient talker : talkers) {
                for (int i = 0; i < SIGNALS_EACH; i++) {
                    talker.send(
                            new ClientMessage.Signal(10 + i, "flood", LONG_TEXT, new ConnectionId(slow.connection())));
                }
            }
            run.othersSee("connectionReconnecting", "participants notified of the loss");
            for (RawClient talker : talkers) {
                talker.send(new ClientMessage.Disconnect());
                talker.awaitClose();
                talker.close();
            }
            run.othersSeeTheEnd("ghost removed");
        }
    }
}
