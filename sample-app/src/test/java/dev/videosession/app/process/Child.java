package dev.videosession.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import dev.videosession.testsupport.JavaPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** A process that a test starts: its output line by line, its input, its end. */
public final class Child implements AutoCloseable {
    private static final Duration ENDING = Duration.ofSeconds(15);
    private static final JsonAdapter<Map<String, Object>> JSON =
            new Moshi.Builder().build().adapter(Types.newParameterizedType(Map.class, String.class, Object.class));

    private final String name;
    private final Process process;
    private final List<String> lines = new ArrayList<>(); // guarded by itself, as are the events
    private final List<Map<String, Object>> events = new ArrayList<>();
    private final Thread reader;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.reader = new Thread(this::read, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a Java program with the class path of this one.
     *
     * @param directory its working directory, which also takes its log
     * @param environment in addition to the own one
     * @param arguments options of the virtual machine, main class, arguments
     */
    public static Child java(String name, Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of("env", "--default-signal=HUP")); // tests under nohup ignore it, and so would their children
        command.addAll(JavaPrograms.java(arguments.toArray(String[]::new)));
        return start(name, directory, environment, command);
    }

    /** Starts any program. */
    public static Child start(String name, Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve(name + ".log").toFile());
        builder.environment().putAll(environment);
        return new Child(name, builder.start());
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            in.lines().forEach(line -> {
                synchronized (lines) {
                    lines.add(line);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has written so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** What it has written so far, as JSON. */
    public List<Map<String, Object>> events() {
        synchronized (lines) {
            for (String line : lines.subList(events.size(), lines.size())) {
                events.add(json(line));
            }
            return List.copyOf(events);
        }
    }

    /** What it has written so far, as JSON, without the first ones. */
    public List<Map<String, Object>> events(int skipped) {
        List<Map<String, Object>> all = events();
        return all.subList(skipped, all.size());
    }

    private static Map<String, Object> json(String line) {
        try {
            return JSON.fromJson(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + line, e);
        }
    }

    /** Waits for a line. */
    public String line(String what, Duration limit, Predicate<String> wanted) {
        return await(what, limit, this::lines, wanted);
    }

    private <T> T await(String what, Duration limit, Supplier<List<T>> written, Predicate<T> wanted) {
        return Awaitility.await(name + ": " + what)
                .atMost(limit)
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        name + " has ended without: " + what,
                        () -> !process.isAlive()
                                && !reader.isAlive()
                                && written.get().stream().noneMatch(wanted))
                .until(() -> written.get().stream().filter(wanted).findFirst().orElse(null), found -> found != null);
    }

    /** Waits for an event of a type. */
    public Map<String, Object> event(String type, Duration limit, Predicate<Map<String, Object>> wanted) {
        return event(type, limit, 0, wanted);
    }

    /** Waits for an event of a type, of which it is not one of the first. */
    public Map<String, Object> event(String type, Duration limit, int skipped, Predicate<Map<String, Object>> wanted) {
        Predicate<Map<String, Object>> ofType = event -> type.equals(event.get("event"));
        return await("event " + type, limit, () -> events(skipped), ofType.and(wanted));
    }

    public Map<String, Object> event(String type, Duration limit) {
        return event(type, limit, any -> true);
    }

    public void send(String line) throws IOException {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(line + "\n");
        in.flush();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends it a signal of the operating system, by its name without SIG. */
    public void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid())).start();
        assertThat(kill.waitFor()).as("kill -%s", signal).isZero();
    }

    /** Asks it to end as the operating system does, and returns its exit code. */
    public int terminate() throws InterruptedException {
        process.toHandle()
                .destroy(); // unlike the process's own method it leaves the output open, to be read to its end
        return exitCode();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        return exitCode(ENDING);
    }

    public int exitCode(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("%s ends within %s", name, limit)
                .isTrue();
        reader.join(ENDING.toMillis());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
