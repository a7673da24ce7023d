package dev.videosession.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.IceConfiguration;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.precall.PreCallMeasurement;
import dev.videosession.session.precall.PreCallProgress;
import dev.videosession.session.precall.PreCallResult;
import dev.videosession.session.precall.PreCallStep;
import dev.videosession.session.precall.PreCallTest;
import dev.videosession.testsupport.FreePorts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pre-call test with a real media router and a real TURN server. {@link PreCallFirewallIT} has those that fail. */
class PreCallTurnIT {
    private static final Project PROJECT = new Project(47000001, "0123456789abcdef0123456789abcdef01234567");

    @Test
    void routerAndTurnServerAreTested(@TempDir Path directory) throws Exception {
        int port = FreePorts.next();
        String url = "turn:127.0.0.1:" + port + "?transport=udp";
        IceConfiguration ice = IceConfiguration.NONE.withTurn(List.of(url), Coturn.SECRET, Duration.ofHours(1));
        try (Coturn coturn = Coturn.onThisMachine(directory, port, List.of());
                SignalingServer server = SignalingServer.builder()
                        .project(PROJECT)
                        .port(0)
                        .ice(ice)
                        .router(new JanusSettings(Path.of("/usr/bin/janus")))
                        .start()) {
            SessionId session = new SessionIds(Clock.systemUTC()).create(PROJECT.apiKey(), false);
            String token = new TokenIssuer(PROJECT).jwt(new ClientToken(session).withRole(Role.PUBLISHER));
            List<PreCallProgress> progress = new CopyOnWriteArrayList<>();
            PreCallResult result = PreCallTest.of(
                            List.of(ServerAddress.of(server.uri())),
                            String.valueOf(PROJECT.apiKey()),
                            session.value(),
                            token)
                    .withMeasurement(Duration.ofSeconds(1))
                    .run(progress::add)
                    .blockingGet();

            assertThat(result.check(PreCallStep.ROUTER).passed())
                    .as("%s", result)
                    .isTrue();
            assertThat(result.measurement())
                    .hasValueSatisfying(measured -> assertThat(measured)
                            .returns(true, PreCallMeasurement::routed)
                            .matches(each -> each.path().startsWith("host/")));
            assertThat(result.check(PreCallStep.RELAY).passed())
                    .as("%s", result)
                    .isTrue();
            assertThat(result.check(PreCallStep.RELAY).message()).contains("turn:127.0.0.1:" + port);
            assertThat(coturn.allocations()).isPositive();
            assertThat(progress.stream().map(PreCallProgress::step).distinct())
                    .containsExactly(
                            PreCallStep.DEVICES,
                            PreCallStep.SERVER,
                            PreCallStep.ROUTER,
                            PreCallStep.MEDIA,
                            PreCallStep.BANDWIDTH,
                            PreCallStep.RELAY);
        }
    }
}
