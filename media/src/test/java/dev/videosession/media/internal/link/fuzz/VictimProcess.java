package dev.videosession.media.internal.link.fuzz;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A running {@link dev.videosession.media.internal.link.FuzzVictim}: takes commands, hands each event to the case it belongs to. */
final class VictimProcess implements AutoCloseable {
    private static final int REMEMBERED = 60;
    private static final String GENERAL = "";

    private final Process process;
    private final BufferedWriter commands;
    private final Map<String, BlockingQueue<String[]>> events = new ConcurrentHashMap<>();
    private final Deque<String> lastInputs = new ArrayDeque<>();
    private final Path log;
    private final Thread reader;

    /** Starts one whose logs go to a directory. */
    VictimProcess(Path directory) {
        log = directory.resolve("victim.log");
        listen(GENERAL);
        try {
            Files.createDirectories(directory);
            ProcessBuilder builder = new ProcessBuilder(command(directory)).redirectError(log.toFile());
            builder.environment().put("MALLOC_PERTURB_", "165"); // what is used after it was freed holds nonsense
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
        reader = new Thread(this::read, "fuzz-victim-reader");
        reader.setDaemon(true);
        reader.start();
        if (general(Duration.ofSeconds(60)) == null) {
            throw new IllegalStateException("The victim did not start; see " + log);
        }
    }

    private static List<String> command(Path directory) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:-CreateCoredumpOnCrash",
                "-Dlogback.configurationFile=logback-fuzz.xml",
                "-XX:ErrorFile=" + directory.resolve("hs_err_%p.log")));
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), "dev.videosession.media.internal.link.FuzzVictim"));
        return command;
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("> ")) {
                    String[] words = line.substring(2).split(" ", -1);
                    boolean general = words.length < 3;
                    BlockingQueue<String[]> queue = events.get(general ? GENERAL : words[1]);
                    if (queue != null) {
                        queue.add(words);
                    }
                }
            }
        } catch (IOException e) {
            lastInputs.addLast(e.toString());
        }
    }

    BlockingQueue<String[]> listen(String id) {
        return events.computeIfAbsent(id, absent -> new LinkedBlockingQueue<>());
    }

    void forget(String id) {
        events.remove(id);
    }

    /** Sends a command; does nothing if the victim is dead. */
    void send(String command) {
        synchronized (commands) {
            lastInputs.addLast(command);
            if (lastInputs.size() > REMEMBERED) {
                lastInputs.removeFirst();
            }
            try {
                commands.write(command);
                commands.newLine();
                commands.flush();
            } catch (IOException e) {
                lastInputs.addLast(e.toString());
            }
        }
    }

    /** {@return how many frames of the pair that is not attacked have arrived, or -1} */
    int witnessedFrames() {
        send("witness");
        String[] event = general(Duration.ofSeconds(10));
        return event != null && event[0].equals("witness") ? Integer.parseInt(event[1]) : -1;
    }

    private String @Nullable [] general(Duration limit) {
        try {
            return listen(GENERAL).poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the last commands, newest last, as they were sent} */
    String lastInputs() {
        synchronized (commands) {
            return String.join("\n", lastInputs);
        }
    }

    Path log() {
        return log;
    }

    /** Ends the victim in order, as a check that it still can. */
    int end() {
        try {
            commands.close();
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            reader.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
