package dev.videosession.server.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.FreePorts;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis and its Sentinel accept the configurations in docs/CLUSTER.md. */
class DocumentedRedisTest {
    @TempDir
    Path directory;

    @Test
    void redisTakesItsSettings() throws IOException {
        String[] lines = block("redis.conf").lines().toArray(String[]::new);
        String[] options = Arrays.stream(lines)
                .flatMap(line -> Stream.of(("--" + line).split(" ", 2)))
                .toArray(String[]::new);
        try (RedisServer redis = RedisServer.start(options);
                RedisClient client = RedisClient.create(redis.uri());
                StatefulRedisConnection<String, String> connection = client.connect()) {
            assertThat(lines).isNotEmpty().allSatisfy(line -> {
                String[] setting = line.split(" ", 2);
                assertThat(connection.sync().configGet(setting[0])).containsEntry(setting[0], setting[1]);
            });
        }
    }

    @Test
    void sentinelWatchesTheMaster() throws IOException, InterruptedException {
        int port = FreePorts.next();
        Path file = Files.writeString(
                directory.resolve("sentinel.conf"), block("sentinel.conf").replace("10.0.0.5", "127.0.0.1"));
        Process sentinel = new ProcessBuilder(
                        "redis-server",
                        file.toString(),
                        "--sentinel",
                        "--port",
                        String.valueOf(port),
                        "--bind",
                        "127.0.0.1")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("sentinel.log").toFile())
                .start();
        try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", port))) {
            Awaitility.await("Sentinel watches the master")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> quorum(client).equals("2"));
        } finally {
            sentinel.destroyForcibly().waitFor();
        }
    }

    private static String quorum(RedisClient client) {
        try (StatefulRedisSentinelConnection<String, String> connection = client.connectSentinel()) {
            return connection.sync().master("videosession").get("quorum");
        }
    }

    /** {@return the lines of a block after the comment that names its file} */
    private static String block(String file) throws IOException {
        return Pattern.compile("(?s)```conf\n# " + Pattern.quote(file) + "[^\n]*\n(.*?)```")
                .matcher(Files.readString(Path.of("..", "docs", "CLUSTER.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
