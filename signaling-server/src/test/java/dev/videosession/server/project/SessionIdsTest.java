package dev.videosession.server.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.protocol.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdsTest {
    private final SessionIds ids = new SessionIds(Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 47_000_001, Integer.MAX_VALUE})
    void idsPassTheChecksOfTheServerLibraries(int apiKey) {
        for (int i = 0; i < 500; i++) {
            boolean relayed = i % 2 == 0;
            SessionId id = ids.create(apiKey, relayed);
            assertThat(SessionIds.read(id)).contains(new SessionIds.Parts(apiKey, relayed));
            assertThat(id.value().split("_", -1)).hasSize(2);
            byte[] whole = Base64.getUrlDecoder().decode(id.value().substring(2));
            assertThat(new String(whole, StandardCharsets.US_ASCII).split("~", -1)[1])
                    .isEqualTo(Integer.toString(apiKey));
            StringBuilder pieces = new StringBuilder();
            Arrays.stream(id.value().substring(2).split("-", -1))
                    .forEach(piece ->
                            pieces.append(new String(Base64.getDecoder().decode(piece), StandardCharsets.US_ASCII)));
            assertThat(pieces.toString().split("~", -1)).contains(Integer.toString(apiKey));
        }
    }

    @Test
    void projectsRefuseWeakSecretsAndNeverPrintThem() {
        String secret = "s".repeat(32);
        assertThat(new Project(1, secret).toString()).doesNotContain(secret);
        assertThatThrownBy(() -> new Project(0, secret)).hasMessageContaining("apiKey");
        assertThatThrownBy(() -> new Project(1, "short"))
                .hasMessageContaining("32")
                .hasMessageNotContaining("short s");
        assertThatThrownBy(() -> new Project(1, List.of())).hasMessageContaining("neither a secret nor an application");
    }
}
