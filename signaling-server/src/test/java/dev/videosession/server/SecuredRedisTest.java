package dev.videosession.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.SequencedEvent;
import dev.videosession.server.fixture.SelfSigned;
import dev.videosession.server.fixture.ServerFixture;
import dev.videosession.server.fixture.TestClient;
import dev.videosession.server.internal.redis.RedisServer;
import dev.videosession.server.settings.ClusterSettings;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose Redis has TLS, and gives it a user with the rights that docs/CLUSTER.md names. */
@Timeout(120)
class SecuredRedisTest {
    private static final String SECRET = "a-secret-of-redis";
    private static final List<String> PROPERTIES =
            List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStorePassword", "javax.net.ssl.trustStoreType");

    @TempDir
    private Path directory;

    private final List<String> before =
            PROPERTIES.stream().map(name -> System.getProperty(name, "")).toList();
    private RedisServer redis;
    private int port;

    @BeforeEach
    void startRedis() throws Exception {
        SelfSigned certificate = SelfSigned.make(directory, "localhost");
        System.setProperty(PROPERTIES.get(0), directory.resolve("keys.p12").toString());
        System.setProperty(PROPERTIES.get(1), "password");
        System.setProperty(PROPERTIES.get(2), "PKCS12");
        port = FreePorts.next();
        Stream<String> tls = Stream.of(
                "--tls-port",
                Integer.toString(port),
                "--tls-cert-file",
                certificate.chain().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                certificate.chain().toString(),
                "--tls-auth-clients",
                "no",
                "--user");
        redis = RedisServer.start(
                Stream.concat(tls, Stream.of(documentedUser().split(" "))).toArray(String[]::new));
    }

    /** The user of the guide, a line of redis.conf. */
    private static String documentedUser() throws IOException {
        Path here = Path.of("docs", "CLUSTER.md");
        String guide =
                Files.readString(Files.exists(here) ? here : Path.of("..").resolve(here));
        Matcher user = Pattern.compile("(?m)^user (videosession .*)$").matcher(guide);
        assertThat(user.find()).isTrue();
        return user.group(1).replace("SECRET", SECRET);
    }

    @AfterEach
    void stopRedis() {
        for (int i = 0; i < PROPERTIES.size(); i++) {
            if (before.get(i).isEmpty()) {
                System.clearProperty(PROPERTIES.get(i));
            } else {
                System.setProperty(PROPERTIES.get(i), before.get(i));
            }
        }
        if (redis != null) {
            redis.close();
        }
    }

    private ClusterSettings settings(String scheme, String password) {
        return new ClusterSettings(scheme + "://videosession@localhost:" + port, password, "node", null, 0);
    }

    @Test
    void userOfTheGuideCanDoWhatANodeNeeds() throws IOException {
        try (ServerFixture node = new ServerFixture(builder -> builder.cluster(settings("rediss", SECRET)))) {
            TestClient ada = node.join(Role.MODERATOR);
            TestClient bob = node.join(Role.PUBLISHER);
            bob.publish("camera");
            ada.await(SequencedEvent.StreamCreated.class);
            ada.send(new ClientMessage.ForceDisconnect(ada.nextId(), bob.id(), "enough", null));
            assertThat(ada.await(SequencedEvent.ConnectionDestroyed.class).connectionId())
                    .isEqualTo(bob.id());
            assertThat(node.get("/health").code()).isEqualTo(200);
        }
    }

    @Test
    void wrongPasswordStopsTheStartAndIsNotPrinted() {
        SignalingServerBuilder node =
                SignalingServer.builder().project(ServerFixture.PROJECT).cluster(settings("rediss", "not-the-secret"));
        assertThatThrownBy(node::start)
                .isInstanceOf(IOException.class)
                .hasStackTraceContaining("WRONGPASS")
                .hasMessageNotContaining("not-the-secret");
    }
}
