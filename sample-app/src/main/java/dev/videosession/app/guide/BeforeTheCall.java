package dev.videosession.app.guide;

import dev.videosession.media.source.VideoFormat;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.precall.PreCallResult;
import dev.videosession.session.precall.PreCallStep;
import dev.videosession.session.precall.PreCallTest;
import java.util.List;
import java.util.function.Consumer;

/** Tests server, path and bandwidth before a call. */
public final class BeforeTheCall {
    private BeforeTheCall() {}

    /**
     * Runs the test and describes its result.
     *
     * @param servers addresses of the server
     * @param apiKey API key of the project
     * @param sessionId a session for tests
     * @param token token with the role publisher
     * @param lines receives the progress and the result
     * @return the result
     */
    public static PreCallResult test(
            List<ServerAddress> servers, String apiKey, String sessionId, String token, Consumer<String> lines) {
        PreCallTest test = PreCallTest.of(servers, apiKey, sessionId, token);
        PreCallResult result = test.run(
                        progress -> lines.accept(progress.step() + " " + Math.round(100 * progress.fraction()) + " %"))
                .blockingGet(); // or subscribe, and dispose of the subscription to cancel
        for (PreCallStep step : PreCallStep.values()) {
            lines.accept(step + ": " + result.check(step).message());
        }
        lines.accept("Video: " + result.recommended().map(VideoFormat::toString).orElse("audio only"));
        return result;
    }
}
