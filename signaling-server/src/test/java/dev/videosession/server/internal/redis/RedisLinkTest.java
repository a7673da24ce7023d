package dev.videosession.server.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.lettuce.core.KillArgs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log says why Redis was lost and why it cannot be reached again: with the answer of Redis if there is one. */
class RedisLinkTest {
    private static final String[] KEY = {"vs:probe:link"};
    private static final int LONGEST = 240;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Logger logger = (Logger) LoggerFactory.getLogger(RedisLink.class);
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            warnings.add(event.getFormattedMessage());
        }
    };
    private RedisServer redis;
    private RedisLink link;

    @BeforeEach
    void open() throws IOException {
        redis = RedisServer.start();
        link = RedisLink.open(redis.uri());
        appender.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(appender);
    }

    @AfterEach
    void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
        link.close();
        redis.close();
    }

    /** Each begins with a text and is bounded. */
    private void awaitWarnings(String... beginnings) {
        Awaitility.await("warnings").atMost(LIMIT).untilAsserted(() -> {
            assertThat(warnings).hasSameSizeAs(beginnings);
            for (int i = 0; i < beginnings.length; i++) {
                assertThat(warnings.get(i)).startsWith(beginnings[i]).hasSizeLessThan(LONGEST);
            }
        });
    }

    @Test
    void passwordThatHasChangedIsNamedOnce() {
        link.call(commands -> commands.configSet("requirepass", "another"));
        link.call(commands -> commands.clientId())
                .thenCompose(id -> link.call(
                        commands -> commands.clientKill(KillArgs.Builder.id(id).skipme(false))));
        awaitWarnings(
                "event=redisLost cause=\"Redis closed the connection\"", "event=redisUnreachable cause=\"NOAUTH ");
        Awaitility.await("further attempts")
                .during(Duration.ofSeconds(1))
                .atMost(LIMIT)
                .until(() -> warnings.size() == 2);
    }

    @Test
    void masterThatHasBecomeAReplicaIsLostWithItsAnswer() {
        link.call(commands -> commands.replicaof("127.0.0.1", 1));
        link.eval(RedisScript.of("return {redis.call('SET', KEYS[1], '1')}"), KEY);
        awaitWarnings("event=redisLost cause=\"READONLY You can't write against a read only replica");
    }
}
