package dev.videosession.server.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoggedTextTest {
    @Test
    void textOfAClientCannotLookLikeALogLine() {
        assertThat(LoggedText.of("app/1\nevent=connected client=\"x\\\u001b[31m"))
                .isEqualTo("app/1?event=connected client=?x??[31m");
        assertThat(LoggedText.of("x".repeat(1000))).hasSize(64);
        assertThat(LoggedText.of(null)).isEmpty();
    }
}
