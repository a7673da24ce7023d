package dev.videosession.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenProjectTest {
    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"iss\":\"47000001\",\"ist\":\"project\"} | 47000001",
                "{\"iss\":47000001} | 47000001",
                "{\"session_id\":{\"iss\":\"1\"},\"iss\":\"2\"} | 2",
                "{\"iss\":\"1\",\"application_id\":\"3f1c\"} | 3f1c",
                "{\"iss\":null} | ",
                "{} | ",
                "null | ",
                "[] | ",
                "{\"iss\" | "
            })
    void projectOfAWebTokenIsItsIssuer(String payload, String project) {
        String token = base64("{\"alg\":\"HS256\"}") + "." + base64(payload) + ".signature";
        assertThat(TokenProject.of(token).orElse(null)).isEqualTo(project);
    }

    @Test
    void projectOfAnOlderTokenIsItsPartner() {
        String text = "partner_id=100&sig=00ff:session_id=2_x&create_time=1";
        String token = "T1==" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        assertThat(TokenProject.of(token)).contains("100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token", "T1==", "T1==***", "T1==YWJj", "a.b.c", "..", "...."})
    void whatIsNoTokenNamesNoProject(String token) {
        assertThat(TokenProject.of(token)).isEmpty();
    }
}
