package dev.videosession.session.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.session.path.LimitedPath.Sighting;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pre-call test recommends for a path that the kernel limits both ways, to a media router. Needs to run as root. */
@Tag("faults")
class PreCallOnLimitedPathIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest(name = "{0} kbit/s, {1} % loss")
    @CsvSource({
        "0, 0, 1280x720@30",
        "400, 0, 320x180@30 320x180@15",
        "150, 0, 320x180@15 audio",
        "0, 5, 1280x720@30 960x540@30 640x360@30",
        "0, 10, 960x540@30 640x360@30 320x180@30",
        "0, 30, 640x360@30 320x180@30 320x180@15 audio"
    })
    void recommendationFitsThePath(int kilobits, int lossPercent, String permitted) {
        try (LimitedPath path = new LimitedPath(true)) {
            await("the call").atMost(LIMIT).until(path::isReady);
            if (kilobits > 0) {
                path.limit(kilobits);
                path.limitUpload(kilobits);
            }
            if (lossPercent > 0) {
                path.lose(lossPercent);
                path.loseUpload(lossPercent);
            }
            path.join(LimitedPreCall.class);
            await("the result")
                    .atMost(LIMIT)
                    .until(() -> !path.reports("precall-size").isEmpty());
            String recommended = path.reports("precall-size").get(0).what();
            System.err.println(kilobits + " kbit/s, " + lossPercent + " % loss: measured "
                    + path.reports("precall-bitrate").stream()
                            .map(Sighting::width)
                            .toList() + " kbit/s and "
                    + path.reports("precall-loss").stream().map(Sighting::width).toList() + " % loss, recommended "
                    + recommended);
            assertThat(permitted.split(" ", -1)).contains(recommended);
        }
    }
}
