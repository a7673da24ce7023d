package dev.videosession.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncoderTest {
    private static LoggingEvent event(String message, @Nullable Throwable failure) {
        LoggingEvent event = new LoggingEvent(
                "",
                new LoggerContext().getLogger("dev.videosession.Test"),
                Level.INFO,
                message,
                failure,
                new Object[0]);
        event.setInstant(Instant.ofEpochSecond(1_000_000_000));
        event.setThreadName("loop-1");
        return event;
    }

    private static String text(LoggingEvent event) {
        return new String(new TextEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static Map<String, String> json(String message, @Nullable Throwable failure) throws IOException {
        String line = new String(new JsonEncoder().encode(event(message, failure)), StandardCharsets.UTF_8);
        assertThat(line).endsWith("}\n");
        assertThat(line.strip()).doesNotContain("\n");
        return new Moshi.Builder()
                .build()
                .<Map<String, String>>adapter(Types.newParameterizedType(Map.class, String.class, String.class))
                .fromJson(line);
    }

    @Test
    void textIsOneLineWhateverTheMessageHolds() {
        assertThat(text(event("event=refused message=\"a\nb\u001b[31m\u0085é\"", null)))
                .isEqualTo("2001-09-09T01:46:40.000Z INFO  Test [loop-1] event=refused message=\"a?b?[31m?é\"\n");
    }

    @Test
    void stackTracesFollowTheLine() {
        assertThat(text(event("event=failed", new IllegalStateException("planned"))))
                .contains("event=failed\n    java.lang.IllegalStateException: planned\n        at ");
    }

    @Test
    void textOfAnExceptionCannotForgeALine() {
        assertThat(text(event("event=failed", new IOException("a\n2001-09-09T01:46:40.000Z INFO  forged\u001b[31m"))))
                .contains("\n    2001-09-09T01:46:40.000Z INFO  forged?[31m\n")
                .doesNotContain("\n2001");
    }

    @Test
    void jsonHasTheKeysOfTheMessage() throws IOException {
        assertThat(json("event=refused code=AUTH message=\"the token, \\ has expired\" empty=", null))
                .containsEntry("at", "2001-09-09T01:46:40.000Z")
                .containsEntry("level", "INFO")
                .containsEntry("logger", "dev.videosession.Test")
                .containsEntry("thread", "loop-1")
                .containsEntry("event", "refused")
                .containsEntry("code", "AUTH")
                .containsEntry("message", "the token, \\ has expired")
                .containsEntry("empty", "");
    }

    @Test
    void jsonKeepsWhatIsNotOfThatForm() throws IOException {
        assertThat(json("hello world", null))
                .containsEntry("message", "hello world")
                .doesNotContainKey("event");
        assertThat(json("event=x said \"hello", new IOException("planned")))
                .containsEntry("event", "x")
                .containsEntry("message", "event=x said \"hello")
                .extractingByKey("exception")
                .asString()
                .startsWith("java.io.IOException: planned");
        assertThat(json("event=x level=forged event=y", null))
                .containsEntry("level", "INFO")
                .containsEntry("event", "x");
    }
}
