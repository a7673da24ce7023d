package dev.videosession.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.settings.IceConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SecretsTest {
    @Test
    void nothingSecretIsEverLogged() {
        Queue<String> lines = new ConcurrentLinkedQueue<>();
        AppenderBase<ILoggingEvent> recorder = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                String stack =
                        event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
                lines.add(event.getFormattedMessage() + stack);
            }
        };
        Logger logger = (Logger) LoggerFactory.getLogger("dev.videosession");
        recorder.setContext(logger.getLoggerContext());
        recorder.start();
        logger.addAppender(recorder);
        logger.setLevel(Level.TRACE);
        IceConfiguration ice =
                IceConfiguration.NONE.withTurn(List.of("turn:t:1"), "turn-shared-secret", Duration.ofHours(1));
        try (ServerFixture fixture = new ServerFixture(builder -> builder.ice(ice))) {
            String token = fixture.token(Role.PUBLISHER);
            TestClient ada = fixture.open().connect(fixture.session, token);
            String forged = token.substring(0, token.length() - 3) + "abc";
            TestClient eve = fixture.open();
            eve.sendConnect(fixture.session, forged);
            eve.expectFailure(1, ErrorCode.AUTHENTICATION_ERROR);
            TestClient again = fixture.open();
            String key = ada.connected().resumeKey();
            again.send(new ClientMessage.Resume(9, 1, fixture.session, ada.id(), key, 1));
            String nextKey = again.expect(ServerMessage.Resumed.class).resumeKey();
            ada.sendRaw("{\"type\":\"connect\",\"token\":\"" + token + "\",");
            again.send(new ClientMessage.Disconnect());
            again.await(ServerMessage.Disconnected.class);
            String credential = ada.connected().iceServers().get(0).credential();
            fixture.server.close();
            assertThat(lines).anyMatch(line -> line.contains("event=connected"));
            for (String secret : List.of(
                    token,
                    forged,
                    key,
                    nextKey,
                    credential,
                    "turn-shared-secret",
                    ServerFixture.PROJECT.signingSecret())) {
                assertThat(lines).noneMatch(line -> line.contains(secret));
            }
        } finally {
            logger.setLevel(Level.INFO);
            logger.detachAppender(recorder);
        }
    }
}
