package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A microphone of a real audio system: a PulseAudio server of the test's own, with two virtual microphones and a tone. */
@Timeout(180)
class PulseMicrophoneTest {
    @TempDir
    private Path home;

    private final List<Process> processes = new ArrayList<>();

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("XDG_RUNTIME_DIR", home.toString());
        builder.environment().put("PULSE_RUNTIME_PATH", home.toString());
        builder.environment().put("PULSE_SERVER", "unix:" + home.resolve("native"));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** Waits for a line; what the process said otherwise is in the failure. */
    private static void awaitLine(BufferedReader output, String expected) throws IOException {
        List<String> said = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.add(line);
            if (line.contains(expected)) {
                return;
            }
        }
        throw new AssertionError("\"" + expected + "\" was not said; but: " + String.join("\n", said));
    }

    private void pactl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("pactl"));
        command.addAll(List.of(arguments));
        Process pactl = start(command);
        assertThat(pactl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pactl.exitValue())
                .as("%s: %s", command, new String(pactl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isZero();
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void microphoneHasALevelRefusesAnotherOneAndEndsWhenItIsUnplugged() throws Exception {
        Assumptions.assumeTrue(isInstalled("pulseaudio") && isInstalled("pactl"), "PulseAudio is not installed");
        Process server = start(List.of(
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--log-target=stderr",
                "--log-level=info",
                "-L",
                "module-null-sink sink_name=room",
                "-L",
                "module-sine sink=room frequency=600",
                "-L",
                "module-remap-source source_name=desk master=room.monitor source_properties=device.description=Desk",
                "-L",
                "module-remap-source source_name=headset master=room.monitor source_properties=device.description=Headset",
                "-L",
                "module-native-protocol-unix auth-anonymous=1 socket=" + home.resolve("native")));
        awaitLine(server.inputReader(), "startup complete");

        Process probe = start(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                MicrophoneProbe.class.getName(),
                "Headset",
                "Desk"));
        BufferedReader said = probe.inputReader();
        awaitLine(said, "probe refused");
        awaitLine(said, "probe level");
        awaitLine(said, "probe muted");
        awaitLine(said, "probe unmuted");
        pactl("unload-module", "3"); // the headset: modules count from 0 in the order above

        awaitLine(said, "probe ended");
        assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(probe.exitValue()).isZero();
    }
}
