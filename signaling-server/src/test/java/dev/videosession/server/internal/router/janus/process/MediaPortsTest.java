package dev.videosession.server.internal.router.janus.process;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.videosession.server.settings.JanusSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaPortsTest {
    private static JanusSettings janus(int first, int last) {
        return new JanusSettings(Path.of("/usr/bin/janus"), first, last, List.of(), false, List.of());
    }

    @ParameterizedTest
    @CsvSource({"20000, 20099", "19990, 20000", "20099, 20200", "20010, 20020", "19000, 21000"})
    void rangesThatOverlapAreRefused(int first, int last) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MediaPorts.requireApart(janus(first, last), List.of(janus(20_000, 20_099))))
                .withMessageContaining("20000-20099")
                .withMessageContaining("a range of its own");
    }

    @Test
    void otherRangesAndAnyPortsAreAccepted() {
        List<JanusSettings> others = List.of(janus(20_000, 20_099), janus(0, 0));
        assertThatCode(() -> {
                    MediaPorts.requireApart(janus(20_100, 20_199), others);
                    MediaPorts.requireApart(janus(0, 0), others);
                })
                .doesNotThrowAnyException();
    }
}
