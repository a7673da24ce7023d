package dev.videosession.app.cluster;

import dev.videosession.app.process.Child;
import dev.videosession.protocol.SessionId;
import dev.videosession.testsupport.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A {@code redis-server} at a port of its own, with a directory that survives it. */
final class RedisProcess implements AutoCloseable {
    static final String SECRET = "secret-of-redis";

    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final String AUTHENTICATED = "+OK\r\n";

    private final String name;
    private final Path directory;
    private final int port;
    private final List<String> options;
    private final boolean secured;
    private @Nullable Child process;

    /** Starts it with further arguments, the first of which may be a file of configuration. */
    RedisProcess(String name, Path parent, List<String> options) throws IOException {
        this.name = name;
        this.directory = Files.createDirectories(parent.resolve(name));
        this.port = FreePorts.next();
        this.options = options;
        this.secured = options.contains("--requirepass");
        try {
            start();
        } catch (IOException | RuntimeException | Error e) {
            close(); // the caller has nothing to close
            throw e;
        }
    }

    /** One with a log on its disk. */
    static RedisProcess withLog(String name, Path parent) throws IOException {
        return new RedisProcess(name, parent, List.of("--appendonly", "yes", "--appendfsync", "everysec"));
    }

    /** One with a log on its disk, that requires {@link #SECRET}. */
    static RedisProcess withSecret(String name, Path parent) throws IOException {
        return new RedisProcess(
                name, parent, List.of("--appendonly", "yes", "--appendfsync", "everysec", "--requirepass", SECRET));
    }

    /** Starts it with what is on its disk. */
    void start() throws IOException {
        List<String> command = new ArrayList<>(List.of("redis-server"));
        command.addAll(
                options.stream().filter(option -> option.endsWith(".conf")).toList());
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", directory.toString()));
        command.addAll(
                options.stream().filter(option -> !option.endsWith(".conf")).toList());
        process = Child.start(name, Objects.requireNonNull(directory.getParent()), Map.of(), command);
        Awaitility.await(name + " answers")
                .atMost(STARTING)
                .until(() -> answer("PING").startsWith("+"));
    }

    /** The first line of the answer to a command without arguments, empty if there is none. */
    String answer(String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            socket.setSoTimeout(500);
            if (secured) {
                socket.getOutputStream().write(("AUTH " + SECRET + "\r\n").getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readNBytes(AUTHENTICATED.length());
            }
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] read = new byte[4096];
            int length = socket.getInputStream().read(read);
            return length < 0 ? "" : new String(read, 0, length, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** The number of entries in the log of a session. */
    int entries(SessionId session) {
        return Integer.parseInt(
                answer("XLEN vs:{" + session + "}:log").substring(1).trim());
    }

    /** Kills it without a chance to write, and waits for its end. */
    void kill() throws IOException, InterruptedException {
        process().signal("KILL");
        process().exitCode();
    }

    /** Removes what is on its disk. */
    void empty() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    Child process() {
        return Objects.requireNonNull(process);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }
}
