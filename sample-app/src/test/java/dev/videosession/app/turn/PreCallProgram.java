package dev.videosession.app.turn;

import dev.videosession.session.ServerAddress;
import dev.videosession.session.precall.PreCallMeasurement;
import dev.videosession.session.precall.PreCallResult;
import dev.videosession.session.precall.PreCallStep;
import dev.videosession.session.precall.PreCallTest;
import java.time.Duration;

/** Runs a pre-call test in a network namespace: {@code PreCallProgram SERVER API_KEY SESSION TOKEN} prints a line for each step. */
final class PreCallProgram {
    private PreCallProgram() {}

    @SuppressWarnings("SystemOut") // the test reads it
    public static void main(String[] arguments) {
        PreCallResult result = PreCallTest.of(
                        ServerAddress.listOf(arguments[0]), arguments[1], arguments[2], arguments[3])
                .withMeasurement(Duration.ofSeconds(1))
                .run(progress -> {})
                .blockingGet();
        for (PreCallStep step : PreCallStep.values()) {
            System.out.println(step + " " + result.check(step).outcome() + " "
                    + result.check(step).message());
        }
        System.out.println(
                "path " + result.measurement().map(PreCallMeasurement::path).orElse("none"));
    }
}
