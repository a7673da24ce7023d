package dev.videosession.session.precall;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecommendationTest {
    @ParameterizedTest
    @CsvSource({
        "3000, 0, false, 1280x720@30",
        "1200, 0, false, 960x540@30",
        "600, 0, false, 640x360@30",
        "400, 0, false, 320x180@30",
        "150, 0, false, 320x180@15",
        "80, 0, false, audio",
        "3000, 5, false, 960x540@30",
        "3000, 30, false, 640x360@30",
        "150, 10, false, audio",
        "3000, 0, true, 640x360@30",
        "400, 0, true, 320x180@30",
    })
    void videoIsWhatPathAndComputerCarry(int kilobits, double loss, boolean cpuLimited, String expected) {
        PreCallMeasurement measured =
                new PreCallMeasurement("host/host", true, kilobits * 1000L, loss, 20, 30, cpuLimited);
        assertThat(Recommendation.of(measured).map(Object::toString).orElse("audio"))
                .isEqualTo(expected);
    }
}
