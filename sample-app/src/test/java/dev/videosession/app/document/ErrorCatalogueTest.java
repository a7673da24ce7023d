package dev.videosession.app.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers and names of errors are written in the catalogue only: {@link ErrorCode}. */
class ErrorCatalogueTest {
    private static final List<String> MODULES =
            List.of("signaling-protocol", "signaling-server", "media", "session-sdk", "server-app", "sample-app");
    private static final Path CATALOGUE = Path.of("dev", "videosession", "protocol", "ErrorCode.java");
    private static final Pattern NAME = Pattern.compile("\"OT_\\w*");
    private static final Pattern NUMBER = Pattern.compile(
            "\\b(?:SessionException|Failed|CommandException|SignalingException)\\([^;\"]*?\\b\\d{3,4}\\b");

    @Test
    void noOtherSourceWritesAnErrorsNumberOrName() {
        List<String> literals = MODULES.stream()
                .flatMap(Sources::of)
                .filter(source -> !source.path().endsWith(CATALOGUE))
                .flatMap(ErrorCatalogueTest::literals)
                .toList();
        assertThat(literals).isEmpty();
    }

    @Test
    void catalogueHoldsLiterals() {
        assertThat(Sources.of("signaling-protocol")
                        .filter(source -> source.path().endsWith(CATALOGUE)))
                .singleElement()
                .satisfies(source -> assertThat(literals(source)).isNotEmpty());
        assertThat(NUMBER.matcher("new SessionException(\n 1022, \"").find()).isTrue();
        assertThat(NUMBER.matcher("new Failed(id, null, 1022, \"").find()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void errorIsInTheGuideToTroubleshooting(ErrorCode error) throws IOException {
        assertThat(Files.readString(Path.of("..", "docs", "guides", "troubleshooting.md")))
                .contains(row(error));
    }

    private static String row(ErrorCode error) {
        return "\n| %d | `%s` | %s |".formatted(error.code(), error.errorName(), error.isRetryable() ? "yes" : "no");
    }

    @ParameterizedTest
    @EnumSource
    void errorOfTheSdkIsDocumented(ErrorCode error) throws IOException {
        String row = row(error);
        boolean documented =
                Files.readString(Path.of("..", "docs", "OPENTOK_CLIENT.md")).contains(row);
        assertThat(documented).as(row).isNotEqualTo(error.isSentByServer());
    }

    private static Stream<String> literals(Sources.Source source) {
        return Stream.of(NAME, NUMBER)
                .flatMap(pattern -> pattern.matcher(source.text()).results())
                .map(found -> source.path() + ": " + found.group());
    }
}
