package dev.videosession.server.internal.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Redis that a node cannot use stops its start, with a message that says why and what to do. */
class RedisRequirementsTest {
    private RedisServer redis;

    @AfterEach
    void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    private void check(RedisURI uri) throws IOException {
        try (RedisLink link = RedisLink.open(uri)) {
            RedisRequirements.check(link);
        }
    }

    private RedisURI user() {
        RedisURI uri = redis.uri();
        uri.setCredentialsProvider(new StaticCredentialsProvider("node", "secret".toCharArray()));
        return uri;
    }

    private void start(String... options) throws IOException {
        redis = RedisServer.start(options);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~vs:* +@all",
                "~other:* &vs:* +@all",
                "~vs:* &vs:* +@all -@stream",
                "~vs:* &vs:* +@all -client|kill",
                "~vs:* &vs:* +@all -info"
            })
    void missingRightStopsTheStart(String rights) throws IOException {
        start(("--user node on >secret resetchannels " + rights).split(" "));
        assertThatThrownBy(() -> check(user()))
                .isInstanceOf(RedisUnreachableException.class)
                .hasMessageContaining("the rights that docs/CLUSTER.md names");
    }

    @Test
    void passwordThatIsMissingOrWrongStopsTheStart() throws IOException {
        start("--user", "node", "on", ">another", "~vs:*", "&vs:*", "+@all");
        assertThatThrownBy(() -> check(user()))
                .hasMessageContaining("Check the user in the address and the file with the password.");
        try (RedisLink link = RedisLink.open(redis.uri())) {
            link.call(commands -> commands.configSet("requirepass", "secret"))
                    .toCompletableFuture()
                    .join();
        }
        assertThatThrownBy(() -> check(redis.uri())).hasMessageContaining("give --redis-secret-file");
    }

    @Test
    void replicaStopsTheStart() throws IOException {
        start("--replicaof", "127.0.0.1", "1");
        assertThatThrownBy(() -> check(redis.uri())).hasMessageContaining("the address of the master");
    }

    @Test
    void redisWithoutItsReplicaStopsTheStart() throws IOException {
        start("--min-replicas-to-write", "1");
        assertThatThrownBy(() -> check(redis.uri())).hasMessageContaining("lower min-replicas-to-write");
    }

    @Test
    void redisWithoutMemoryStopsTheStart() throws IOException {
        start("--maxmemory", "1mb", "--maxmemory-policy", "noeviction");
        assertThatThrownBy(() -> {
                    try (RedisLink link = RedisLink.open(redis.uri())) {
                        byte[] value = new byte[200_000];
                        IntStream.range(0, 20)
                                .forEach(i -> link.call(commands -> commands.set("filler" + i, value))
                                        .exceptionally(full -> "")
                                        .toCompletableFuture()
                                        .join());
                        RedisRequirements.check(link);
                    }
                })
                .hasMessageContaining("maxmemory");
    }

    @Test
    void oldReleaseStopsTheStart() throws IOException {
        assertThatThrownBy(() -> RedisRequirements.checkRelease("6.2.14"))
                .hasMessageContaining("Redis 6.2.14 is too old");
        Stream.of("7.0.15", "8.0.0", "unknown")
                .forEach(release -> assertThatCode(() -> RedisRequirements.checkRelease(release))
                        .doesNotThrowAnyException());
        start();
        check(redis.uri());
    }
}
