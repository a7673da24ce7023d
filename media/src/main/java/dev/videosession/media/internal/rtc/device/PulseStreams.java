package dev.videosession.media.internal.rtc.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the audio streams of this process to another device of PulseAudio or PipeWire, with the program {@code pactl}. webrtc-java finds a
 * device by its identifier, and PulseAudio's have none, so that it always opens the system's default.
 */
final class PulseStreams {
    private static final Logger LOG = LoggerFactory.getLogger(PulseStreams.class);
    private static final long COMMAND_SECONDS = 5;
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 100;
    private static final Pattern HEADER = Pattern.compile("[A-Z][A-Za-z ]* #(\\d+)");

    /** Runs a command and returns what it prints. */
    interface Commands {
        String run(List<String> command) throws IOException;
    }

    /** Recording or playback, with the words of pactl. */
    enum Way {
        RECORDING("source-outputs", "sources", "Source:", "move-source-output"),
        PLAYBACK("sink-inputs", "sinks", "Sink:", "move-sink-input");

        private final String streams;
        private final String devices;
        private final String deviceOfStream;
        private final String move;

        Way(String streams, String devices, String deviceOfStream, String move) {
            this.streams = streams;
            this.devices = devices;
            this.deviceOfStream = deviceOfStream;
            this.move = move;
        }
    }

    private final Commands commands;
    private final Way way;
    private final long processId;

    PulseStreams(Commands commands, Way way, long processId) {
        this.commands = commands;
        this.way = way;
        this.processId = processId;
    }

    /** {@return the streams of this process, or null where the native library finds devices by itself} */
    static @Nullable PulseStreams of(Way way) {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        return linux
                ? new PulseStreams(
                        PulseStreams::run, way, ProcessHandle.current().pid())
                : null;
    }

    private static String run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(String.join(" ", command) + " was interrupted", e);
        }
        return output;
    }

    /**
     * Moves the streams of this process, waiting up to two seconds for one.
     *
     * @param description the name of the device
     * @throws IllegalStateException if pactl is missing or fails, or there is no stream
     */
    void moveTo(String description) {
        try {
            for (int i = 0; i < ATTEMPTS; i++) {
                if (moveNow(description) > 0) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "pactl cannot move the stream: " + e.getMessage() + ". Install pulseaudio-utils", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        throw new IllegalStateException("the audio system has no stream of this program");
    }

    /** {@link #moveTo}, or {@link #moveSoon} if the caller must not wait. */
    void move(String description, boolean wait) {
        if (wait) {
            moveTo(description);
        } else {
            moveSoon(description);
        }
    }

    /** As {@link #moveTo}, on a thread of its own; a failure is logged. */
    private void moveSoon(String description) {
        Thread mover = new Thread(
                () -> {
                    try {
                        moveTo(description);
                    } catch (RuntimeException e) {
                        LOG.warn("event=audioDeviceNotUsed device=\"{}\" reason=\"{}\"", description, e.getMessage());
                    }
                },
                "media-audio-device");
        mover.setDaemon(true);
        mover.start();
    }

    /** Moves the streams that exist now. Returns how many there are on the device then. */
    private int moveNow(String description) throws IOException {
        Block device = null;
        for (Block each : list(way.devices)) {
            if (description.equals(each.value("Description:"))) {
                device = each;
            }
        }
        if (device == null) {
            throw new IOException("there is no device \"" + description + "\"");
        }
        int streams = 0;
        for (Block each : list(way.streams)) {
            if (("\"" + processId + "\"").equals(each.value("application.process.id ="))) {
                streams++;
                if (!device.number.equals(each.value(way.deviceOfStream))) {
                    commands.run(List.of("pactl", way.move, each.number, device.number));
                }
            }
        }
        return streams;
    }

    private List<Block> list(String what) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (String line : commands.run(List.of("pactl", "list", what)).split("\n", -1)) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                blocks.add(new Block(header.group(1), new ArrayList<>()));
            } else if (!blocks.isEmpty()) {
                blocks.get(blocks.size() - 1).lines.add(line.strip());
            }
        }
        return blocks;
    }

    /** One device or stream in the output of pactl. */
    private record Block(String number, List<String> lines) {
        @Nullable
        String value(String name) {
            for (String line : lines) {
                if (line.startsWith(name)) {
                    return line.substring(name.length()).strip();
                }
            }
            return null;
        }
    }
}
