package dev.videosession.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.videosession.protocol.Role;
import dev.videosession.server.fixture.RestClient;
import dev.videosession.server.fixture.ServerFixture;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RestSecretsTest {
    @Test
    void callsAndWebhooksLeaveNothingSecretInTheLog() throws IOException {
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
        // no process listens on port 9
        URI webhook = URI.create("http://127.0.0.1:9/events?key=webhook-key");
        try (ServerFixture fixture =
                new ServerFixture(builder -> builder.project(ServerFixture.PROJECT.withWebhook(webhook)))) {
            RestClient rest = new RestClient(fixture);
            String token = rest.token();
            String clientToken = fixture.token(Role.PUBLISHER);
            fixture.open().connect(fixture.session, clientToken);
            assertThat(rest.call("GET", rest.path("/stream"), null, token).status())
                    .isEqualTo(200);
            String forged = token.substring(0, token.length() - 4) + "AAAA";
            assertThat(rest.call("GET", rest.path("/stream"), null, forged).status())
                    .isEqualTo(403);
            assertThat(rest.call("POST", rest.path("/signal"), "{\"data\":\"private-data")
                            .status())
                    .isEqualTo(400);
            assertThat(rest.call("POST", rest.path("/token/revoke"), "{\"token\":\"" + clientToken + "\"}")
                            .status())
                    .isEqualTo(200);
            Awaitility.await().until(() -> lines.stream().anyMatch(line -> line.contains("event=webhookFailed")));
            for (String secret : List.of(
                    token, forged, clientToken, "webhook-key", "private-data", ServerFixture.PROJECT.signingSecret())) {
                assertThat(lines).noneMatch(line -> line.contains(secret));
            }
        } finally {
            logger.setLevel(Level.INFO);
            logger.detachAppender(recorder);
        }
    }
}
