package dev.videosession.app.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.server.Backend;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.session.ForceDisconnectOptions;
import dev.videosession.session.Publisher;
import dev.videosession.session.Session;
import dev.videosession.session.SessionDisconnectEvent;
import dev.videosession.session.SessionEvent;
import dev.videosession.session.SessionException;
import dev.videosession.session.SessionListener;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every sample, with a real server on this machine. */
class SamplesIT {
    private static final Timings QUICK = new Timings(300, 900, 0);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Project project = Backend.newProject();
    private final Backend backend = new Backend(project);
    private final SessionId id = backend.newSession(true);
    private final List<Session> sessions = new ArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private SignalingServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = SignalingServer.builder().project(project).timings(QUICK).start();
    }

    @AfterEach
    void endEverything() {
        sessions.forEach(Session::close);
        server.close();
    }

    private Session session() {
        Session session = Session.builder(server.uri(), String.valueOf(project.apiKey()), id.value())
                .build();
        sessions.add(session);
        return session;
    }

    private Session join(Role role, String name, Function<Session, SessionListener> listener) {
        Session session = session();
        session.addListener(listener.apply(session));
        session.connect(backend.token(id, role, name)).blockingAwait();
        return session;
    }

    private static ConnectionId id(Session session) {
        return session.connection().orElseThrow().id();
    }

    private void awaitLine(String line) {
        await(line + " is reported").atMost(LIMIT).until(() -> lines.contains(line));
    }

    @Test
    void publisherSurvivesARemovalAndIsPublishedAgain() {
        KeepOwnPublisher[] kept = new KeepOwnPublisher[1];
        Session ada = join(Role.PUBLISHER, "ada", session -> kept[0] = new KeepOwnPublisher(session, lines::add));
        Session host = join(Role.MODERATOR, "host", session -> new AttendanceLog(line -> {}));
        try (Publisher own = camera();
                Publisher other = camera()) {
            ada.publish(own).blockingAwait();
            host.publish(other).blockingAwait();
            await("ada receives the host")
                    .atMost(LIMIT)
                    .until(() -> kept[0].subscribers().size() == 1);
            host.forceDisconnect(id(ada), ForceDisconnectOptions.DEFAULT.withMessage("a break"))
                    .blockingAwait();
            awaitLine("The session ended: forceDisconnected. Message: a break");
            assertThat(kept[0].subscribers()).isEmpty();
            assertThat(own.isDestroyed()).isFalse();
            long frames = own.video().frames();
            await("still capturing").atMost(LIMIT).until(() -> own.video().frames() > frames);
            ada.connect(backend.token(id, Role.PUBLISHER, "ada")).blockingAwait();
            ada.publish(own).blockingAwait();
            assertThat(own.stream()).isPresent();
        }
    }

    private static Publisher camera() {
        return Publisher.builder()
                .video(VideoSources.pattern(new VideoFormat(160, 120, 10)))
                .build();
    }

    @Test
    void aLossDiffersFromALeaveAndFromARefusal() {
        Session ada = join(Role.PUBLISHER, "ada", session -> new DropDetector(lines::add));
        ada.disconnect().blockingAwait();
        awaitLine("left: clientDisconnected (left)");
        assertThatThrownBy(() -> ada.connect("forged").blockingAwait()).isInstanceOf(SessionException.class);
        awaitLine("not connected: OT_AUTHENTICATION_ERROR");
        ada.connect(backend.token(id, Role.PUBLISHER, "ada")).blockingAwait();
        server.close();
        await("dropped")
                .atMost(LIMIT)
                .until(() -> lines.stream()
                        .anyMatch(line -> line.startsWith("dropped: networkDisconnected")
                                && line.endsWith("because of OT_DISCONNECTED")));
        assertThat(lines).hasSize(3);
    }

    @Test
    void thirdViolationDisconnects() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        join(Role.SUBSCRIBER, "witness", session -> new AttendanceLog(lines::add));
        Session rowdy = join(Role.PUBLISHER, "rowdy", session -> new SessionListener() {
            @Override
            public void onSignal(SessionEvent.Signal event) {
                warnings.add(event.type() + ": " + event.data());
            }

            @Override
            public void onDisconnected(SessionDisconnectEvent event) {
                warnings.add(event.detail().wireName() + ": " + event.message().orElse(""));
            }
        });
        ThreeStrikes policy = new ThreeStrikes(server.control());
        ConnectionId violator = id(rowdy);
        for (int strike = 0; strike < 3; strike++) {
            policy.violated(id, violator, "no shouting").join();
        }
        awaitLine("rowdy was removed (policy)");
        await("warnings").atMost(LIMIT).until(() -> warnings.size() == 3);
        assertThat(warnings)
                .containsExactly(
                        "signal:warning: no shouting (1 of 3)",
                        "signal:warning: no shouting (2 of 3)",
                        "policy: no shouting");
    }

    @Test
    void idlePublisherIsEvictedAndOneWithAStreamStays() {
        join(Role.SUBSCRIBER, "witness", session -> new AttendanceLog(lines::add));
        Session busy = join(Role.PUBLISHER, "busy", session -> new AttendanceLog(line -> {}));
        Session idle = join(Role.PUBLISHER, "idle", session -> new DropDetector(lines::add));
        try (Publisher camera = camera()) {
            busy.publish(camera).blockingAwait();
            new SessionCleanup(server.control(), Clock.systemUTC(), Duration.ofHours(1))
                    .evictIdle()
                    .join();
            assertThat(idle.connection()).isPresent();
            Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(4));
            new SessionCleanup(server.control(), later, Duration.ofHours(1))
                    .evictIdle()
                    .join();
            awaitLine("idle was removed (policy)");
            awaitLine("left: forceDisconnected (policy)");
            assertThat(busy.connection()).isPresent();
        }
    }

    @Test
    void sessionClosesWithItsHostAndIsForgottenWithItsLastClient() {
        SessionCleanup cleanup = new SessionCleanup(server.control(), Clock.systemUTC(), Duration.ofHours(1));
        Session host = join(Role.MODERATOR, "host", session -> new AttendanceLog(line -> {}));
        Session guest = join(Role.PUBLISHER, "guest", session -> new DropDetector(lines::add));
        assertThat(cleanup.closeIfHostLeft(id).join()).isFalse();
        host.disconnect().blockingAwait();
        await("the host has left")
                .atMost(LIMIT)
                .until(() -> cleanup.closeIfHostLeft(id).join());
        awaitLine("left: forceDisconnected (session-closed)");
        assertThat(guest.connection()).isEmpty();
        await("forgotten").atMost(LIMIT).until(() -> server.control().sessions().isEmpty());
        guest.connect(backend.token(id, Role.PUBLISHER, "guest")).blockingAwait();
        await("guest is alone").atMost(LIMIT).until(() -> guest.connections().size() == 1);
    }
}
