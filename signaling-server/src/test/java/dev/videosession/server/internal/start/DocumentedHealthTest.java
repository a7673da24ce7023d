package dev.videosession.server.internal.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import dev.videosession.server.http.HttpReply;
import dev.videosession.server.internal.metrics.ServerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The answer of /health in docs/CLUSTER.md has the fields and the status that a node sends. */
class DocumentedHealthTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```json\n(\\{\"status\":\"notReady\".*?)```");

    @Test
    void nodeWithoutRedisAnswersAsDocumented() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "CLUSTER.md"));
        Map<?, ?> documented =
                json(BLOCK.matcher(guide).results().findFirst().orElseThrow().group(1));
        String reason = String.valueOf(documented.get("reason"));

        HttpReply reply = OperationRoutes.health(new ServerMetrics(new SimpleMeterRegistry()), true, null, reason);

        Map<?, ?> sent = json(reply.body());
        assertThat(reply.status()).isEqualTo(503);
        assertThat(sent.keySet()).hasToString(documented.keySet().toString());
        assertThat(sent.get("status")).isEqualTo(documented.get("status"));
        assertThat(sent.get("reason")).isEqualTo(reason);
    }

    private static Map<?, ?> json(String text) throws Exception {
        return (Map<?, ?>) new Moshi.Builder().build().adapter(Object.class).fromJson(text);
    }
}
