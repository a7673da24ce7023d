package dev.videosession.media.internal.rtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.JavaPrograms;
import java.io.BufferedReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native thread that runs a sink never returns from {@code System.exit}: nothing waits for it. */
class ExitFromSinkTest {
    @ParameterizedTest
    @ValueSource(strings = {"audio", "video"})
    @Timeout(60)
    void processEndsAtOnce(String kind) throws Exception {
        Process process = new ProcessBuilder(JavaPrograms.java(ExitFromSink.class.getName(), kind))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals("EXITING")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("EXITING");
            assertThat(process.waitFor(8, TimeUnit.SECONDS))
                    .as("the process ends")
                    .isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitFromSink.CODE);
        } finally {
            process.destroyForcibly();
        }
    }
}
