package dev.videosession.session.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.opentok.TokenOptions;
import com.opentok.exception.InvalidArgumentException;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.SessionIds;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionState;
import dev.videosession.session.Stream;
import dev.videosession.session.fixture.Participant;
import io.reactivex.rxjava3.core.Completable;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The library's tokens of every role, and what a client may do with each. */
class BackendRolesIT extends BackendScenario {
    private Participant join(Role role, String name) throws Exception {
        return switch (role) {
            case SUBSCRIBER -> backend.join(com.opentok.Role.SUBSCRIBER, name);
            case PUBLISHER -> backend.join(com.opentok.Role.PUBLISHER, name);
            case MODERATOR -> backend.join(com.opentok.Role.MODERATOR, name);
            case PUBLISHER_ONLY -> backend.join(backend.publisherOnlyToken(name), name);
        };
    }

    private Map<Role, Participant> joinAll() throws Exception {
        Map<Role, Participant> all = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            all.put(role, join(role, role.wireName()));
        }
        return all;
    }

    @Test
    void everyRolePublishesAndReceivesWhatItMay() throws Exception {
        Map<Role, Participant> all = joinAll();
        all.forEach((role, who) -> {
            assertThat(who.session.capabilities()).contains(role.capabilities());
            assertThat(who.session.connection().orElseThrow().role()).isEqualTo(role);
            assertThat(who.session.connection().orElseThrow().data()).isEqualTo(role.wireName());
        });
        List<Role> publishing = List.of(Role.PUBLISHER, Role.PUBLISHER_ONLY, Role.MODERATOR);
        publishing.forEach(role -> all.get(role).publishCamera(440));
        for (Role receiving : List.of(Role.SUBSCRIBER, Role.PUBLISHER, Role.MODERATOR)) {
            for (Role sending : publishing) {
                if (sending != receiving) {
                    all.get(receiving).awaitFrames(sending.wireName() + "-cam");
                }
            }
        }
        all.values().forEach(Participant::close);
    }

    @Test
    void everyRoleSignalsAndModeratesAsItMay() throws Exception {
        Map<Role, Participant> all = joinAll();
        Participant eve = join(Role.PUBLISHER, "eve");
        Participant[] participants = all.values().toArray(Participant[]::new);
        Publisher camera = eve.publishCamera(440);
        Stream stream = camera.stream().orElseThrow();
        int before = eve.events.size();

        SoftAssertions soft = new SoftAssertions();
        all.forEach((role, who) -> {
            if (!role.capabilities().publish()) {
                refused(soft, role, who.session.publish(who.camera(550)), 1500, "OT_PERMISSION_DENIED");
            }
            if (!role.capabilities().subscribe()) {
                refused(soft, role, who.session.subscribe(stream).connected(), 1501, "OT_PERMISSION_DENIED");
            }
            if (role.capabilities().signal()) {
                who.session.signal("from", role.wireName()).blockingAwait();
            } else {
                refused(soft, role, who.session.signal("from", role.wireName()), 403, "OT_PERMISSION_DENIED");
            }
            if (!role.capabilities().forceMute()) {
                ConnectionId victim = eve.id();
                Completable kick = who.session.forceDisconnect(victim);
                refused(soft, role, kick, 1520, "OT_PERMISSION_DENIED");
                refused(soft, role, who.session.forceUnpublish(stream.id()), 1530, "OT_PERMISSION_DENIED");
                refused(soft, role, who.session.forceMuteStream(stream.id()), 1540, "OT_PERMISSION_DENIED");
                refused(soft, role, who.session.forceMuteAll(List.of()), 1540, "OT_PERMISSION_DENIED");
                refused(soft, role, who.session.disableForceMute(), 1540, "OT_PERMISSION_DENIED");
            }
        });
        backend.fence(participants);
        backend.fence(eve);
        soft.assertThat(eve.events.subList(before, eve.events.size()))
                .containsExactly(
                        "signal:from subscriber from subscriber",
                        "signal:from publisher from publisher",
                        "signal:from moderator from moderator",
                        "signal:fence 1 from backend",
                        "signal:fence 2 from backend");
        soft.assertAll();

        Session moderator = all.get(Role.MODERATOR).session;
        moderator.forceMuteStream(stream.id()).blockingAwait();
        eve.awaitEvent("publisher muteForced");
        moderator.forceMuteAll(List.of(stream.id())).blockingAwait();
        eve.awaitEvent("muteForced true");
        moderator.disableForceMute().blockingAwait();
        eve.awaitEvent("muteForced false");
        moderator.forceUnpublish(stream.id()).blockingAwait();
        eve.awaitEvent("publisher streamDestroyed forceUnpublished");
        moderator
                .forceDisconnect(eve.id(), ForceDisconnectOptions.DEFAULT.withMessage("enough"))
                .blockingAwait();
        eve.awaitEvent("sessionDisconnected forceDisconnected kicked enough");
        eve.close();
        all.values().forEach(Participant::close);
    }

    private static void refused(SoftAssertions soft, Role role, Completable command, int code, String name) {
        Throwable failure = command.materialize().blockingGet().getError();
        soft.assertThat(failure).as(role.wireName()).isInstanceOfSatisfying(SessionException.class, e -> {
            soft.assertThat(e.code()).as(role.wireName()).isEqualTo(code);
            soft.assertThat(e.errorName()).as(role.wireName()).isEqualTo(name);
            soft.assertThat(e.isRetryable()).as(role.wireName()).isFalse();
        });
    }

    @Test
    void aTokenWithoutOptionsIsAPublishers() throws Exception {
        SessionId id = new SessionId(backend.session);
        assertThat(SessionIds.read(id).orElseThrow().relayed()).isEqualTo(mode == com.opentok.MediaMode.RELAYED);
        for (String token : List.of(backend.calls.generateToken(backend.session), backend.created.generateToken())) {
            try (Participant ada = backend.join(token, "ada")) {
                assertThat(ada.session.capabilities()).contains(Role.PUBLISHER.capabilities());
                assertThat(ada.session.connection().orElseThrow().data()).isEmpty();
            }
        }
    }

    @Test
    void otherClientsReceiveTheDataOfTheToken() throws Exception {
        String data = "name=Ada L\u00f6w&x=1+1 50% \uD83D\uDE00\n:role=moderator";
        try (Participant bob = backend.join(com.opentok.Role.SUBSCRIBER, "bob");
                Participant ada = backend.join(com.opentok.Role.PUBLISHER, data)) {
            backend.fence(ada, bob);
            assertThat(bob.events).contains("connectionCreated " + data);
            assertThat(ada.session.capabilities()).contains(Role.PUBLISHER.capabilities());
        }
    }

    @Test
    void tokensThatAreNotGoodOpenNothing() throws Exception {
        com.opentok.OpenTok eve = backend.library("e".repeat(40));
        try (Participant bob = backend.join(com.opentok.Role.SUBSCRIBER, "bob")) {
            String other = backend.calls.createSession().getSessionId();
            String good = backend.token(com.opentok.Role.MODERATOR, "eve");
            for (String bad : List.of(
                    eve.generateToken(backend.session),
                    backend.calls.generateToken(other),
                    good.substring(0, good.length() - 8),
                    "T1==",
                    "made up")) {
                refusedToEnter(new SessionId(backend.session), bad, 1004, "OT_AUTHENTICATION_ERROR");
            }
            SessionId foreign = new SessionIds(Clock.systemUTC()).create(47000002, true);
            refusedToEnter(foreign, good, 1005, "OT_INVALID_SESSION_ID");
            backend.fence(bob);
            assertThat(bob.events).containsExactly("connectionCreated bob", "signal:fence 1 from backend");
            assertThatThrownBy(() -> backend.calls.generateToken(foreign.value()))
                    .isInstanceOf(InvalidArgumentException.class);
            long past = Instant.now().getEpochSecond() - 10;
            assertThatThrownBy(() -> backend.calls.generateToken(
                            backend.session,
                            new TokenOptions.Builder().expireTime(past).build()))
                    .isInstanceOf(InvalidArgumentException.class);
        } finally {
            eve.close();
        }
    }

    private void refusedToEnter(SessionId id, String token, int code, String name) {
        try (Participant stranger = new Participant(backend.server.server.uri(), id, "stranger", null)) {
            assertThatThrownBy(() -> stranger.session.connect(token).blockingAwait())
                    .as(token)
                    .isInstanceOfSatisfying(SessionException.class, e -> {
                        assertThat(e.code()).as(token).isEqualTo(code);
                        assertThat(e.errorName()).as(token).isEqualTo(name);
                        assertThat(e.isRetryable()).as(token).isFalse();
                    });
            assertThat(stranger.session.state()).isEqualTo(SessionState.DISCONNECTED);
            assertThat(stranger.events).containsExactly("error " + code + " " + name);
        }
    }
}
