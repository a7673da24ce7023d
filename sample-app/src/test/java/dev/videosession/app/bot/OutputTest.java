package dev.videosession.app.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.SessionId;
import dev.videosession.session.SessionEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final SessionId SESSION = new SessionId("s-1");

    @Test
    void aLineStartsWithEventAndTimeAndKeepsTheOrderOfItsFields() {
        long before = System.currentTimeMillis();
        String json = Line.of("media")
                .with("streamId", "s-1")
                .with("frames", 30L)
                .with("fps", 29.9)
                .with("lastFrameNumber", null)
                .json();
        assertThat(json)
                .matches("\\{\"event\":\"media\",\"at\":\\d{13},\"streamId\":\"s-1\",\"frames\":30,\"fps\":29.9,"
                        + "\"lastFrameNumber\":null}");
        assertThat(Long.parseLong(json.replaceAll(".*\"at\":(\\d+),.*", "$1"))).isGreaterThanOrEqualTo(before);
    }

    @Test
    void aLineHasNoLineBreaksWhateverItsText() {
        assertThat(Line.of("signal")
                        .with("data", "one\ntwo\r\u2028\"")
                        .with("size", Map.of("width", 1))
                        .json())
                .doesNotContain("\n", "\r", "\u2028")
                .contains("one\\ntwo\\r\\u2028\\\"")
                .contains("{\"width\":1}");
    }

    @Test
    void whatATerminalObeysIsEscapedAndTheTextIsTheSame() {
        String text = "a\u001B[2J\u007F\u009B31m\u202Egpj\u2068\u200Fb \uD83D\uDC68\u200D\uD83D\uDC67\uFE0F \u05D0";
        String json = Line.of("signal").with("data", text).json();
        assertThat(json)
                .contains(
                        "\\u001b[2J\\u007f\\u009b31m\\u202egpj\\u2068\\u200fb \uD83D\uDC68\u200D\uD83D\uDC67\uFE0F \u05D0");
        assertThat(json.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void signalsKeepTheirTypeApartFromTheEvent() {
        assertThat(EventLines.of(new SessionEvent.Signal("chat", "hi", null), SESSION)
                        .json())
                .contains("\"event\":\"signal\"", "\"type\":\"chat\"", "\"data\":\"hi\"", "\"from\":null");
    }

    @Test
    void muteForcedTellsWhetherItIsActive() {
        assertThat(EventLines.of(new SessionEvent.MuteForced(true), SESSION).json())
                .contains("\"event\":\"muteForced\"", "\"active\":true");
    }

    @Test
    void theWriterKeepsTheOrderAndFlushesOnClose() throws InterruptedException {
        StringWriter text = new StringWriter();
        try (LineWriter writer = new LineWriter(new PrintWriter(text))) {
            IntStream.range(0, 1000).forEach(i -> writer.write(Line.of("n").with("i", i)));
        }
        assertThat(text.toString().lines().map(line -> Integer.valueOf(line.replaceAll(".*\"i\":(\\d+)}", "$1"))))
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void formatsAreReadLikeTheyAreWritten() {
        BotCommand.Format format = new BotCommand.Format();
        assertThat(format.convert("320x240@15")).hasToString("320x240@15");
        assertThat(format.convert("320x240")).hasToString("320x240@30");
    }
}
