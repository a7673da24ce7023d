package dev.videosession.media.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.testsupport.JavaPrograms;
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

/**
 * Devices of a real audio system: a PulseAudio server of the test's own, with two virtual microphones with a tone each, and two speakers.
 */
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

    /** Whether a program plays on a sink; the tones are modules. */
    private boolean playbackOn(String sink) throws Exception {
        return pactl("list", "short", "sink-inputs")
                .lines()
                .map(line -> line.split("\t", -1))
                .anyMatch(fields -> fields[1].equals(sink) && !fields[2].equals("-"));
    }

    private String pactl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("pactl"));
        command.addAll(List.of(arguments));
        Process pactl = start(command);
        assertThat(pactl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String output = new String(pactl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(pactl.exitValue()).as("%s: %s", command, output).isZero();
        return output;
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
    void devicesAreSwitchedDuringACallAndAMicrophoneEndsWhenItIsUnplugged() throws Exception {
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
                "module-null-sink sink_name=hall",
                "-L",
                "module-null-sink sink_name=lounge sink_properties=device.description=Lounge",
                "-L",
                "module-null-sink sink_name=speakers sink_properties=device.description=Speakers",
                "-L",
                "module-sine sink=room frequency=600",
                "-L",
                "module-sine sink=hall frequency=900",
                "-L",
                "module-remap-source source_name=desk master=room.monitor source_properties=device.description=Desk",
                "-L",
                "module-remap-source source_name=headset master=hall.monitor source_properties=device.description=Headset",
                "-L",
                "module-native-protocol-unix auth-anonymous=1 socket=" + home.resolve("native")));
        awaitLine(server.inputReader(), "startup complete");

        Process probe =
                start(JavaPrograms.java(MicrophoneProbe.class.getName(), "Desk", "Headset", "Lounge", "Speakers"));
        BufferedReader said = probe.inputReader();
        awaitLine(said, "probe meter");
        awaitLine(said, "probe refused");
        awaitLine(said, "probe level");
        awaitLine(said, "probe muted");
        awaitLine(said, "probe unmuted");
        awaitLine(said, "probe tone");
        awaitLine(said, "probe switched");
        awaitLine(said, "probe output");
        assertThat(playbackOn("3")).as("plays on the speakers").isTrue(); // sinks count from 0 in the order above
        assertThat(pactl("list", "sink-inputs")).containsPattern("Volume: .* 50%");
        pactl("unload-module", "7"); // the headset: modules count from 0 in the order above

        awaitLine(said, "probe ended");
        assertThat(probe.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(probe.exitValue()).isZero();
    }
}
