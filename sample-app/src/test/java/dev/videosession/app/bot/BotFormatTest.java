package dev.videosession.app.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.videosession.media.source.VideoFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class BotFormatTest {
    private final BotCommand.Format format = new BotCommand.Format();

    @Test
    void rateMayBeLeftOut() {
        assertThat(format.convert("320x240@15")).isEqualTo(new VideoFormat(320, 240, 15));
        assertThat(format.convert("320x240")).isEqualTo(new VideoFormat(320, 240, 30));
    }

    @ParameterizedTest
    @CsvSource({"160x90@5,160x120", "0x0,1x1", "321x240,even", "wide,640x360@30"})
    void whatCannotBePaintedIsRefusedBeforeTheBotEnters(String text, String hint) {
        assertThatThrownBy(() -> format.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(hint);
    }
}
